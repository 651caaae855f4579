#include "app/verify/receipt.h"

#include <nlohmann/json.hpp>

#include "app/verify/entry.h"
#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/canonical_json.h"
#include "ground/formats/text_codes.h"

namespace verbatim::verify {
namespace {

using nlohmann::json;

constexpr std::size_t receipt_limit = 1024 * 1024;

Error malformed(const std::string& what) { return invalid("receipt_malformed", "receipt: " + what); }

// The parser itself would follow brackets as deep as the input goes.
json parse_bounded(std::string_view text) {
    return json::parse(text.begin(), text.end(), [](int depth, json::parse_event_t, json&) {
        if (depth > 8) throw std::length_error("nested too deeply");
        return true;
    }, false);
}

Result<Receipt> read(const json& value, const merkle::VerifierKey& key) {
    if (!value.is_object()) return malformed("not a JSON object");
    for (const char* name : {"review", "leaf", "salt", "commitment", "decide_by", "signature"}) {
        const auto member = value.find(name);
        if (member == value.end() || !member->is_string()) return malformed(std::string(name) + " is missing");
    }
    const auto text = [&](const char* name) { return value.find(name)->get<std::string>(); };
    const auto entry = parse_entry(text("leaf"));
    if (!entry) return malformed("the leaf: " + entry.error().message);
    if (entry->kind != Kind::collected || entry->review != text("review") || entry->commitment != text("commitment")) return malformed("the leaf is not that of the review");
    const auto content = value.find("content");
    const auto salt = from_base64(text("salt"));
    if (content == value.end() || !salt || to_base64(crypto::sha256({*salt, canonical_json(*content)})) != entry->commitment) return malformed("salt and content do not make the commitment");
    const auto until = parse_moment(text("decide_by"));
    if (!until) return malformed("decide_by is not a moment");
    json promised = value;
    promised.erase("signature");
    const auto opened = merkle::open_note(text("signature"), std::span(&key, 1));
    if (!opened) return opened.error();
    if (*opened != canonical_json(promised) + "\n") return malformed("the signature is over other words");
    return Receipt{entry->review, text("leaf"), entry->at, *until};
}

}  // namespace

Result<Receipt> open_receipt(std::string_view text, const merkle::VerifierKey& key) {
    if (text.size() > receipt_limit) return malformed("longer than 1 MiB");
    try {
        const json value = parse_bounded(text);
        if (value.is_discarded()) return malformed("not JSON");
        return read(value, key);
    } catch (const std::length_error& error) {
        return malformed(error.what());
    } catch (const std::invalid_argument& error) {  // a number that RFC 8785 has no form for
        return malformed(error.what());
    }
}

}  // namespace verbatim::verify
