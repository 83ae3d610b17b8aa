package dev.zhanggui.portal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Batches of codes of the demo's chain, as its own software starts and reads them. */
final class ChainBatches {

    private static final String PATH = "/qr-code-batches";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Stack stack;
    private final String merchant;
    private final List<String> stores = new ArrayList<>();

    ChainBatches(Stack stack) {
        this.stack = stack;
        this.merchant = read("/merchants").at("/items/0/id").asString();
        stack.demo().get("chainStores").forEach(store -> stores.add(store.asString()));
    }

    /** But the first, at whose till others look. */
    List<String> stores() {
        return stores.subList(1, stores.size());
    }

    /** @param rows each {@code store,place} */
    String start(List<String> rows, String name) {
        var wish = JSON.writeValueAsString(JSON.createObjectNode()
                .put("merchant", merchant)
                .put("name", name)
                .put("again", true)
                .put("csv", rows.stream().collect(Collectors.joining("\n", "store,place\n", ""))));
        var answer = Stack.exchange(
                call(PATH).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(wish)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).get("id").asString();
    }

    JsonNode get(String batch) {
        return read(PATH + "/" + batch);
    }

    JsonNode awaitDone(String batch) {
        return JSON.readTree(Stack.await(
                        call(PATH + "/" + batch),
                        answer -> answer.statusCode() == 200 && answer.body().contains("\"DONE\""))
                .body());
    }

    /** All, page by page. */
    List<JsonNode> rows(String batch) {
        var rows = new ArrayList<JsonNode>();
        JsonNode page = null;
        do {
            page = read(PATH + "/" + batch + "/rows"
                    + (page == null ? "" : "?cursor=" + page.get("next").asString()));
            page.get("items").forEach(rows::add);
        } while (page.has("next"));
        return rows;
    }

    /** One more code of a store; its number. */
    int issueOne(String store) {
        var wish = "{\"store\":\"" + store + "\",\"place\":\"后来的\"}";
        HttpResponse<String> answer = Stack.exchange(call("/qr-codes")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(wish)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Integer.parseInt(JSON.readTree(answer.body()).get("number").asString());
    }

    private JsonNode read(String path) {
        var answer = Stack.exchange(call(path));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder call(String path) {
        return stack.api(path)
                .setHeader(
                        "Authorization",
                        "Bearer " + stack.demo().at("/apiKeys/chain").asString());
    }
}
