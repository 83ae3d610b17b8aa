package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.NotFoundException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The models we hand out. Public reference data without an owner: no method asks for an actor. Contents:
 * {@code catalogue/models.json}.
 */
public final class Catalogue {

    private final List<Model> models;
    private final Map<ModelId, Model> byId;

    public Catalogue(List<Model> models) {
        this.models = models.stream()
                .sorted(Comparator.comparing((Model m) -> m.prices().firstYear())
                        .thenComparing(m -> m.id().value()))
                .toList();
        this.byId = models.stream().collect(Collectors.toUnmodifiableMap(Model::id, Function.identity()));
    }

    /** All models, cheapest first year first. */
    public List<Model> models() {
        return models;
    }

    /** The model, or {@link NotFoundException}. */
    public Model model(ModelId id) {
        var model = byId.get(id);
        if (model == null) {
            throw new NotFoundException("model:" + id);
        }
        return model;
    }

    public boolean contains(ModelId id) {
        return byId.containsKey(id);
    }

    /** Every model judged for these needs. */
    public Recommendation recommend(Needs needs) {
        return Recommendation.of(needs, models);
    }
}
