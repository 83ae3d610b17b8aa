package dev.zhanggui.portal.terminal;

/** Identifies a model of the catalogue, such as "lakala-mpos"; stable for ever, since signed price sheets name it. */
public record ModelId(String value) {

    public ModelId {
        if (!value.matches("[a-z0-9-]{3,40}")) {
            throw new IllegalArgumentException("model id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
