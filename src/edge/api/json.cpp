#include "edge/api/json.h"

#include "ground/base/calendar.h"
#include "ground/base/log.h"

namespace verbatim::api {
namespace {

void member(std::string& out, std::string_view name) {
    if (out.back() != '{') out += ',';
    out += '"';
    out += name;
    out += "\":";
}

void text(std::string& out, std::string_view name, std::string_view value) {
    member(out, name);
    log::append_json_string(out, value);
}

void text_or_null(std::string& out, std::string_view name, std::string_view value) {
    member(out, name);
    if (value.empty()) out += "null";
    else log::append_json_string(out, value);
}

void number(std::string& out, std::string_view name, std::int64_t value) {
    member(out, name);
    out += std::to_string(value);
}

// "4.50" is a JSON number as it stands, and empty is null.
void decimal(std::string& out, std::string_view name, std::string_view value) {
    member(out, name);
    out += value.empty() ? std::string_view("null") : value;
}

}  // namespace

std::string rating_json(const publish::Rating& rating, std::string_view jsonld) {
    std::string out = "{";
    text(out, "subject", rating.subject);
    decimal(out, "average", rating.average);
    number(out, "count", rating.count);
    member(out, "distribution");
    out += '[';
    for (std::size_t i = 0; i < rating.distribution.size(); ++i) out += (i ? "," : "") + std::to_string(rating.distribution[i]);
    out += ']';
    member(out, "window");
    out += "{\"from\":\"" + format_moment(rating.from) + "\",\"to\":\"" + format_moment(rating.to) + "\"}";
    text(out, "formula", publish::rating_formula);
    member(out, "updated_at");
    out += rating.updated_at == 0 ? "null" : "\"" + format_moment(rating.updated_at) + "\"";
    if (!rating.gathered.empty()) {
        member(out, "gathered");
        out += '[';
        for (const auto& source : rating.gathered) {
            if (out.back() != '[') out += ',';
            out += '{';
            text(out, "source", source.source);
            decimal(out, "average", source.average);
            number(out, "count", source.count);
            out += '}';
        }
        out += ']';
    }
    if (rating.rewarded > 0) {  // part of the figure above, and apart (norm INC-2)
        member(out, "with_incentive");
        out += '{';
        decimal(out, "average", rating.rewarded_average);
        number(out, "count", rating.rewarded);
        out += '}';
    }
    if (!jsonld.empty()) {
        member(out, "jsonld");
        out += jsonld;
    }
    return out + "}";
}

void append_line(std::string& out, const publish::Line& line) {
    out += '{';
    text(out, "id", line.id);
    member(out, "rating");
    out += line.rating ? std::to_string(*line.rating) : "null";
    text_or_null(out, "title", line.title);
    text_or_null(out, "body", line.body);
    text_or_null(out, "lang", line.lang);
    text(out, "service", line.service);
    text_or_null(out, "experience_on", line.experience_on);
    text(out, "published_at", format_moment(line.published_at));
    member(out, "updated_at");
    out += line.updated_at == 0 ? "null" : "\"" + format_moment(line.updated_at) + "\"";
    text(out, "origin", line.origin);
    if (!line.source.empty()) text(out, "source", line.source);
    member(out, "verified");  // norms NOT-1 f, COL-2
    out += line.origin != "gathered" && line.proven ? "true" : "false";
    text_or_null(out, "incentive", line.reward);
    text_or_null(out, "author", line.author);
    member(out, "log_index");
    out += line.log_index ? std::to_string(*line.log_index) : "null";
    if (line.reply) {
        member(out, "reply");
        out += '{';
        text(out, "body", line.reply->body);
        text(out, "author", line.reply->author);
        text(out, "published_at", format_moment(line.reply->published_at));
        out += '}';
    }
    out += '}';
}

std::string reviews_json(const publish::List& list) {
    std::string out = "{\"reviews\":[";
    for (const auto& line : list.lines) {
        if (out.back() != '[') out += ',';
        append_line(out, line);
    }
    out += "],\"next\":";
    if (list.next.empty()) out += "null";
    else log::append_json_string(out, list.next);
    return out + "}";
}

}  // namespace verbatim::api
