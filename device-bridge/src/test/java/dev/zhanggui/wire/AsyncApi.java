package dev.zhanggui.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The wire contract as an AsyncAPI 3.0 document, made from its records: types from their components, words from their comments,
 * and what is required from what a reader refuses to do without.
 */
final class AsyncApi {

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    private record Call(
            String name,
            String address,
            String description,
            Class<? extends Record> request,
            Class<? extends Record> answer) {}

    private static final List<Call> CALLS = List.of(
            new Call(
                    "hello",
                    Link.PATH + "hello",
                    "Bridge to portal, after each start or lost link.",
                    Link.Hello.class,
                    Link.HelloAnswer.class),
            new Call(
                    "work",
                    Link.PATH + "work",
                    "Bridge to portal: long poll for due manifests.",
                    Link.WorkRequest.class,
                    Link.WorkAnswer.class),
            new Call(
                    "reports",
                    Link.PATH + "reports",
                    "Bridge to portal: what terminals said; answered after the commit.",
                    Link.Reports.class,
                    Link.ReportsAnswer.class),
            new Call(
                    "leave",
                    Link.PATH + "leave",
                    "Bridge to portal, before it stops in order.",
                    Link.Leave.class,
                    Link.LeaveAnswer.class),
            new Call(
                    "documents",
                    Link.PATH + "documents",
                    "Bridge to portal, for a query of a terminal.",
                    Link.DocumentsRequest.class,
                    Link.DocumentsAnswer.class),
            new Call(
                    "credentials",
                    Link.PATH + "credentials",
                    "Bridge to portal: may this terminal connect?",
                    Link.Credential.class,
                    Link.CredentialAnswer.class),
            new Call(
                    "admissions",
                    Link.PATH + "admissions",
                    "Bridge to portal: which of these terminals may connect?",
                    Link.Admissions.class,
                    Link.AdmissionsAnswer.class),
            new Call(
                    "certificate",
                    Link.PATH + "certificate",
                    "Bridge to portal: a certificate for the broker's TLS listener.",
                    Link.CertificateRequest.class,
                    Link.CertificateAnswer.class),
            new Call(
                    "announce",
                    "/provision/v1/announce",
                    "Terminal to bridge, which passes it on: a device out of its box.",
                    Provision.Request.class,
                    Provision.Answer.class),
            new Call(
                    "poll",
                    "/provision/v1/poll",
                    "Terminal to bridge, which passes it on: was the code typed in?",
                    Provision.Request.class,
                    Provision.Answer.class));

    private final Path sources;
    private final Map<String, Class<?>> records = new TreeMap<>();
    private final Map<String, JsonNode> examples = new TreeMap<>();

    /** @param sources the contract's folder of sources, for the comments */
    AsyncApi(Path sources, Map<Class<? extends Record>, JsonNode> fullSamples) {
        this.sources = sources;
        fullSamples.forEach(this::collect);
    }

    private void collect(Class<?> type, JsonNode sample) {
        records.put(name(type), type);
        examples.putIfAbsent(name(type), sample);
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode value = sample.get(component.getName());
            Type generic = component.getGenericType();
            if (generic instanceof ParameterizedType list
                    && list.getActualTypeArguments()[0] instanceof Class<?> item) {
                if (item.isRecord() && value != null && !value.isEmpty()) {
                    collect(item, value.get(0));
                }
            } else if (component.getType().isRecord() && value != null) {
                collect(component.getType(), value);
            }
        }
    }

    static String name(Class<?> type) {
        return type.getName().replaceAll(".*\\.", "").replace('$', '.');
    }

    String document() {
        ObjectNode root = JSON.createObjectNode();
        root.put("asyncapi", "3.0.0");
        ObjectNode info = root.putObject("info");
        info.put("title", "Zhanggui device bridge");
        info.put("version", Integer.toString(Wire.VERSION));
        info.put(
                "description",
                "How portal, bridge and terminals talk: MQTT 3.1.1 between bridge and terminals (QoS 1, clean session, nothing"
                        + " retained), HTTP elsewhere. Readers ignore fields that they do not know. Written from a terminal's point"
                        + " of view; made from the records in device-bridge/src/contract by AsyncApiTest.");
        root.put("defaultContentType", "application/json");
        ObjectNode channels = root.putObject("channels");
        ObjectNode operations = root.putObject("operations");
        for (Topics.Channel channel : Topics.Channel.values()) {
            topic(channel, channels, operations);
        }
        CALLS.forEach(call -> call(call, channels, operations));
        ObjectNode components = root.putObject("components");
        messages(components.putObject("messages"));
        ObjectNode schemas = components.putObject("schemas");
        records.forEach((name, type) -> schemas.set(name, schema(type)));
        ObjectNode codes = root.putObject("x-reject-codes");
        for (RejectCode code : RejectCode.values()) {
            codes.putObject(Integer.toString(code.number()))
                    .put("name", code.name())
                    .put("description", comment(code));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root).replace("\r\n", "\n") + "\n";
    }

    ObjectNode schema(Class<?> type) {
        ObjectNode schema = JSON.createObjectNode();
        Comment comment = comment(type);
        if (!comment.text().isEmpty()) {
            schema.put("description", comment.text());
        }
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode property = property(component.getGenericType());
            String words = comment.params().get(component.getName());
            if (words != null && property.has("$ref")) {
                ObjectNode reference = property;
                property = JSON.createObjectNode().put("description", words);
                property.putArray("allOf").add(reference);
            } else if (words != null) {
                property.put("description", words);
            }
            properties.set(component.getName(), property);
        }
        List<String> required = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(property -> required(type, property))
                .toList();
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        return schema;
    }

    private boolean required(Class<?> type, String property) {
        JsonNode example = examples.get(name(type));
        if (!(example instanceof ObjectNode object)
                || !object.has(property)
                || object.size() == 1 && type == Status.class) {
            return false;
        }
        ObjectNode without = object.deepCopy();
        without.remove(property);
        try {
            JSON.treeToValue(without, type);
            return false;
        } catch (JacksonException e) {
            return true;
        }
    }

    private static ObjectNode property(Type type) {
        ObjectNode property = JSON.createObjectNode();
        if (type instanceof ParameterizedType list) {
            property.put("type", "array").set("items", property(list.getActualTypeArguments()[0]));
        } else if (type instanceof Class<?> one && one.isEnum()) {
            property.put("type", "string");
            Arrays.stream(one.getEnumConstants())
                    .forEach(value -> property.withArray("enum").add(value.toString()));
        } else if (type == String.class) {
            property.put("type", "string");
        } else if (type == Instant.class) {
            property.put("type", "string").put("format", "date-time");
        } else if (type == boolean.class || type == Boolean.class) {
            property.put("type", "boolean");
        } else if (type == int.class || type == Integer.class) {
            property.put("type", "integer").put("format", "int32");
        } else if (type == long.class || type == Long.class) {
            property.put("type", "integer").put("format", "int64");
        } else if (type instanceof Class<?> one && one.isRecord()) {
            property.put("$ref", "#/components/schemas/" + name(one));
        } else {
            throw new IllegalStateException("The contract has no words for " + type);
        }
        return property;
    }

    private void topic(Topics.Channel channel, ObjectNode channels, ObjectNode operations) {
        String id = channel.name().toLowerCase(Locale.ROOT);
        ObjectNode topic = channels.putObject(id);
        topic.put("address", "zg/1/{shard}/{tid}/" + channel.letter());
        topic.put("description", comment(channel));
        ObjectNode parameters = topic.putObject("parameters");
        parameters.putObject("shard").put("description", "First byte of SHA-256(tid), in hex.");
        parameters.putObject("tid").put("description", "The terminal's public id, also its client id and user name.");
        Class<?> message = message(channel);
        topic.putObject("messages").putObject(name(message)).put("$ref", "#/components/messages/" + name(message));
        ObjectNode operation = operations.putObject((channel.down() ? "receive" : "send") + capital(id));
        operation.put("action", channel.down() ? "receive" : "send");
        operation.putObject("channel").put("$ref", "#/channels/" + id);
        operation.putObject("bindings").putObject("mqtt").put("qos", 1).put("retain", false);
    }

    private static Class<?> message(Topics.Channel channel) {
        return switch (channel) {
            case MANIFEST -> Manifest.class;
            case ANSWER -> Answer.class;
            case STATUS -> Status.class;
            case QUERY -> Query.class;
            case PRESENCE -> Presence.class;
        };
    }

    private static void call(Call call, ObjectNode channels, ObjectNode operations) {
        for (boolean answer : new boolean[] {false, true}) {
            ObjectNode channel = channels.putObject(call.name() + (answer ? "Answer" : ""));
            channel.put("address", call.address());
            channel.put("description", answer ? "Answer with status 200." : call.description());
            String message = name(answer ? call.answer() : call.request());
            channel.putObject("messages").putObject(message).put("$ref", "#/components/messages/" + message);
        }
        ObjectNode operation = operations.putObject(call.name());
        operation.put("action", "send");
        operation.putObject("channel").put("$ref", "#/channels/" + call.name());
        operation.putObject("bindings").putObject("http").put("method", "POST");
        operation.putObject("reply").putObject("channel").put("$ref", "#/channels/" + call.name() + "Answer");
    }

    /** A manifest travels signed: its schema is that of the payload of the JWS. */
    private void messages(ObjectNode messages) {
        Map<String, Class<?>> named = new LinkedHashMap<>();
        Arrays.stream(Topics.Channel.values()).map(AsyncApi::message).forEach(type -> named.put(name(type), type));
        CALLS.stream()
                .flatMap(call -> Stream.of(call.request(), call.answer()))
                .forEach(type -> named.put(name(type), type));
        named.forEach((name, type) -> {
            ObjectNode message = messages.putObject(name);
            ObjectNode payload = message.putObject("payload");
            if (type == Manifest.class) {
                message.put("contentType", "application/jose");
                payload.put("type", "string");
                payload.put("pattern", "^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}$");
                payload.put("maxLength", Wire.MAX_MANIFEST_BYTES);
                payload.put(
                        "description",
                        "Compact JWS (RFC 7515), EdDSA with Ed25519 (RFC 8037), typ " + Wire.MANIFEST_TYP + ".");
                payload.putObject("x-jws-payload").put("$ref", "#/components/schemas/" + name);
            } else {
                payload.put("$ref", "#/components/schemas/" + name);
            }
            message.putArray("examples")
                    .addObject()
                    .set(
                            "payload",
                            type == Manifest.class
                                    ? JSON.getNodeFactory().stringNode("eyJhbGciOiJFZERTQSJ9.e30." + "A".repeat(86))
                                    : Objects.requireNonNull(examples.get(name)));
        });
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    // Words

    private record Comment(String text, Map<String, String> params) {}

    private Comment comment(Class<?> type) {
        Class<?> top = type;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        String source = source(top);
        Matcher declaration =
                Pattern.compile("public record " + type.getSimpleName() + "\\(").matcher(source);
        if (!declaration.find()) {
            throw new IllegalStateException("No declaration of " + type);
        }
        return before(source, declaration.start()).map(AsyncApi::parsed).orElse(new Comment("", Map.of()));
    }

    private String comment(Topics.Channel channel) {
        String source = source(Topics.class);
        int at = source.indexOf(channel.name() + "(\"" + channel.letter() + "\"");
        return before(source, at).map(AsyncApi::parsed).orElseThrow().text();
    }

    private String comment(RejectCode code) {
        String source = source(RejectCode.class);
        int at = source.indexOf(code.name() + "(" + code.number() + ")");
        return before(source, at).map(AsyncApi::parsed).orElseThrow().text();
    }

    private String source(Class<?> type) {
        try {
            return Files.readString(sources.resolve(type.getName().replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The comment that ends right before this place. */
    private static Optional<String> before(String source, int end) {
        Matcher comments = COMMENT.matcher(source);
        String last = null;
        int lastEnd = 0;
        while (comments.find() && comments.end() <= end) {
            last = comments.group(1);
            lastEnd = comments.end();
        }
        return last != null && source.substring(lastEnd, end).isBlank() ? Optional.of(last) : Optional.empty();
    }

    private static Comment parsed(String comment) {
        String text = comment.lines()
                .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
                .reduce("", (all, line) -> all + "\n" + line)
                .replaceAll("(?s)<pre>.*?</pre>", " ");
        String[] parts = text.split("@param ");
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] words = parts[i].strip().split("\\s+", 2);
            params.put(words[0], plain(words.length > 1 ? words[1] : ""));
        }
        return new Comment(plain(parts[0]), params);
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@code ([^}]*(?:\\{[^}]*\\}[^}]*)*)\\}", "$1")
                .replaceAll("\\{@link ([^}]*)\\}", "$1")
                .replace('#', '.')
                .replaceAll("(^|\\s)\\.(?=[a-z])", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
