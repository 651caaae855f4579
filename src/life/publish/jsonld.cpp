#include "life/publish/jsonld.h"

#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"

namespace verbatim::publish {

using json = nlohmann::ordered_json;

std::string product_jsonld(const network::Product& product, const Rating& rating, const List& list, std::string_view brand, std::string_view url) {
    json out = {{"@context", "https://schema.org"}, {"@type", "Product"}, {"name", product.name}, {"url", url}, {"brand", {{"@type", "Brand"}, {"name", brand}}}};
    if (!product.mpn.empty()) out["mpn"] = product.mpn;
    if (!product.gtin.empty()) out["gtin"] = product.gtin;
    if (!product.image.empty()) out["image"] = product.image;
    if (rating.count > 0) {
        out["aggregateRating"] = {{"@type", "AggregateRating"}, {"ratingValue", rating.average}, {"reviewCount", rating.count}, {"bestRating", "5"}, {"worstRating", "1"}};
        out["review"] = json::array();
        for (const auto& line : list.lines) {
            if (line.origin == "gathered" || !line.rating) continue;  // SDT-4: never another site's
            json review = {{"@type", "Review"}, {"author", {{"@type", "Person"}, {"name", line.author.empty() ? "Anonymous" : line.author}}},
                           {"datePublished", format_date(line.published_at)},
                           {"reviewRating", {{"@type", "Rating"}, {"ratingValue", std::to_string(*line.rating)}, {"bestRating", "5"}, {"worstRating", "1"}}}};
            if (!line.title.empty()) review["name"] = line.title;
            if (!line.body.empty()) review["reviewBody"] = line.body;
            if (!line.lang.empty()) review["inLanguage"] = line.lang;
            out["review"].push_back(std::move(review));
        }
    }
    return out.dump();
}

}  // namespace verbatim::publish
