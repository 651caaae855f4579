#include "record/vault/key_file.h"

#include "ground/formats/text_codes.h"

namespace verbatim::vault {
namespace {

constexpr std::string_view head = "verbatim-vault 1";

std::string_view next_line(std::string_view& text) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

std::optional<std::string> bytes(std::string_view hex, std::size_t size) {
    auto found = from_hex(hex);
    return found && found->size() == size ? found : std::nullopt;
}

}  // namespace

Result<Keys> parse_keys(std::string_view text) {
    const auto bad = [](std::string_view why) { return invalid("vault_key", "the vault's key file is damaged: " + std::string(why)); };
    if (next_line(text) != head) return bad("it does not begin with \"verbatim-vault 1\"");
    Keys keys;
    auto line = next_line(text);
    if (line.substr(0, 7) != "pepper ") return bad("no pepper");
    const auto pepper = bytes(line.substr(7), 32);
    if (!pepper) return bad("no pepper");
    keys.pepper = *pepper;
    while (!text.empty()) {
        line = next_line(text);
        if (line.empty()) continue;
        if (line.size() != 4 + 8 + 1 + 64 || line.substr(0, 4) != "key " || line[12] != ' ') return bad("a line that is no key");
        const auto id = bytes(line.substr(4, 8), 4);
        const auto secret = bytes(line.substr(13), 32);
        if (!id || !secret) return bad("a line that is no key");
        if (keys.keys.size() == most_keys) return bad("more keys than anybody needs");
        for (const auto& key : keys.keys) {
            if (key.id == *id) return bad("a key twice");
        }
        keys.keys.push_back({*id, *secret});
    }
    if (keys.keys.empty()) return bad("no key");
    return keys;
}

std::string write_keys(const Keys& keys) {
    std::string text = std::string(head) + "\npepper " + to_hex(keys.pepper) + "\n";
    for (const auto& key : keys.keys) text += "key " + to_hex(key.id) + " " + to_hex(key.secret) + "\n";
    return text;
}

}  // namespace verbatim::vault
