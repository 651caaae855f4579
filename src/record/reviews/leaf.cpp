#include "record/reviews/leaf.h"

#include "ground/base/log.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"

namespace verbatim::reviews {
namespace {

// Writes one flat object whose members are given in the order RFC 8785 section 3.2.3 asks (all names are ASCII, so that is
// plain alphabetical order). log_entry_test holds every leaf against the general canonicaliser.
class Object {
public:
    Object& text(std::string_view name, std::string_view value) {
        begin(name);
        log::append_json_string(out_, value);
        return *this;
    }
    Object& text_if(std::string_view name, std::string_view value) { return value.empty() ? *this : text(name, value); }
    Object& integer(std::string_view name, std::int64_t value) {
        begin(name);
        out_ += std::to_string(value);
        return *this;
    }
    Object& integer_if(std::string_view name, const std::optional<int>& value) { return value ? integer(name, *value) : *this; }
    Object& raw(std::string_view name, std::string_view json) {
        begin(name);
        out_ += json;
        return *this;
    }
    std::string done() && { return std::move(out_ += '}'); }

private:
    void begin(std::string_view name) {
        out_ += out_.size() == 1 ? "\"" : ",\"";
        out_ += name;
        out_ += "\":";
    }
    std::string out_ = "{";
};

}  // namespace

std::string canonical_content(const Content& content) {
    Object object;
    object.text_if("body", content.body);
    if (!content.criteria.empty()) {
        Object criteria;
        for (const auto& [name, value] : content.criteria) criteria.integer(name, value);  // a map: already in order
        object.raw("criteria", std::move(criteria).done());
    }
    object.text_if("experience_on", content.experience_on).text_if("lang", content.lang);
    object.integer_if("rating", content.rating).integer_if("recommend", content.recommend);
    object.text_if("service", content.service).text_if("subject", content.subject).text_if("title", content.title);
    return std::move(object).done();
}

std::string commitment(std::string_view salt, std::string_view bytes) { return to_base64(crypto::sha256({salt, bytes})); }

std::string collected_leaf(Seconds at, std::string_view review, const Content& content, std::string_view origin, std::string_view bound, bool incentive) {
    return std::move(Object().integer("at", at).text("commitment", bound).integer_if("incentive", incentive ? std::optional(1) : std::nullopt).text("kind", "collected").text("origin", origin).text("review", review)
                         .text("service", content.service).text("subject", content.subject).integer("v", 1)).done();
}

std::string published_leaf(Seconds at, std::string_view kind, std::string_view review, const Content& content, std::string_view bound) {
    return std::move(Object().integer("at", at).text("commitment", bound).text_if("experience_on", content.experience_on).text("kind", kind)
                         .integer_if("rating", content.rating).text("review", review).text("service", content.service)
                         .text("subject", content.subject).integer("v", 1)).done();
}

std::string gathered_leaf(Seconds at, std::string_view review, const Content& content, std::string_view source, std::string_view bound) {
    return std::move(Object().integer("at", at).text("commitment", bound).text("kind", "gathered").integer_if("rating", content.rating)
                         .text("review", review).text("source", source).text("subject", content.subject).integer("v", 1)).done();
}

std::string refused_leaf(Seconds at, std::string_view review, const Content& content, std::string_view reason, std::string_view policy) {
    return std::move(Object().integer("at", at).text("kind", "refused").text("policy", policy).integer_if("rating", content.rating)
                         .text("reason", reason).text("review", review).text("subject", content.subject).integer("v", 1)).done();
}

std::string ended_leaf(Seconds at, std::string_view kind, std::string_view review, const Content& content, std::string_view reason) {
    return std::move(Object().integer("at", at).text("kind", kind).integer_if("rating", content.rating).text_if("reason", reason)
                         .text("review", review).text("subject", content.subject).integer("v", 1)).done();
}

std::string replied_leaf(Seconds at, std::string_view review, std::string_view bound) {
    return std::move(Object().integer("at", at).text("commitment", bound).text("kind", "replied").text("review", review).integer("v", 1)).done();
}

std::string procedure_leaf(Seconds at, std::string_view kind, std::string_view review, std::string_view reason, std::string_view outcome) {
    return std::move(Object().integer("at", at).text("kind", kind).text_if("outcome", outcome).text_if("reason", reason).text("review", review)
                         .integer("v", 1)).done();
}

}  // namespace verbatim::reviews
