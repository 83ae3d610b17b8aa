package dev.zhanggui.terminal;

import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Text;

/** Refusals in words for the screen. */
final class RejectWords {

    private RejectWords() {}

    static Text of(RejectCode code) {
        return switch (code) {
            case MALFORMED -> new Text("内容残缺", "unreadable");
            case OVERSIZED -> new Text("内容太大", "too large");
            case WRONG_ALGORITHM -> new Text("签名方式不对", "wrong kind of signature");
            case BAD_SIGNATURE -> new Text("签名不对", "bad signature");
            case UNKNOWN_KEY -> new Text("不认识的签名", "unknown signer");
            case UNSUPPORTED_VERSION -> new Text("版本太新", "newer protocol");
            case WRONG_TERMINAL -> new Text("是发给别人的", "meant for another terminal");
            case ROLLBACK -> new Text("比现在的旧", "older than the current one");
            case EQUIVOCATION -> new Text("同一版有两种内容", "same version, other content");
            case DOCUMENT_MISSING -> new Text("缺一份文件", "a part is missing");
            case DOCUMENT_DIGEST -> new Text("文件对不上", "a part does not match");
            case DOCUMENT_INVALID -> new Text("文件说不通", "a part makes no sense");
            case DOCUMENT_UNFINISHED -> new Text("文件收不完", "a part does not come to its end");
            case STORAGE -> new Text("存不下来", "cannot be stored");
            case SELF_TEST -> new Text("自检没通过，已退回", "failed its self-test and went back");
            case QUARANTINED -> new Text("这一版试过，不行", "was tried before and failed");
            case SOAK -> new Text("用着出错，已退回", "failed in use and went back");
        };
    }
}
