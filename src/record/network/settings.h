// What a brand may set, each with its default and its limits. `--set KEY=VALUE` overrides the database for one run.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/result.h"

namespace verbatim::network {

enum class SettingKind { number, text, choice };

struct KnownSetting {
    std::string_view key;
    SettingKind kind = SettingKind::text;
    std::string_view fallback;               // the default
    std::int64_t least = 0, most = 0;        // numbers only
    std::string_view what;                   // one line for --help and the office
    std::string_view choices = {};           // choices only: "none|refusals"
};

std::span<const KnownSetting> known_settings();
// Is there such a key, and may it hold this? The error names near keys or the limits.
Result<void> check_setting(std::string_view key, std::string_view value);

// The stored value; nothing where the default holds.
std::optional<std::string> setting(storage::Tx& tx, std::string_view key);
// Keeps a value after check_setting(); an empty one takes it back to the default.
Result<void> set_setting(storage::Tx& tx, std::string_view key, std::string_view value);

// All of them, read once: an override, else what is stored, else the default. Asking for an unknown key, or for the number of
// a text, is a mistake of ours and throws std::logic_error.
class Settings {
public:
    Settings() = default;  // defaults only
    static Settings load(storage::Tx& tx, std::map<std::string, std::string> overrides = {});
    // "KEY=VALUE", as --set takes it.
    Result<void> override_with(std::string_view assignment);

    std::string text(std::string_view key) const;
    std::int64_t number(std::string_view key) const;
    // invite.delay.KIND in days; kind: order | delivery | used_car | workshop
    std::int64_t invite_delay_days(std::string_view experience_kind) const;

private:
    std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace verbatim::network
