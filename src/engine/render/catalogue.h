// The messages of one language or of one language in one country: i18n/fr.json, i18n/fr-BE.json.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/render/message.h"

namespace verbatim::render {

class Catalogue {
public:
    // A flat JSON object, key -> ICU message. Throws std::logic_error naming the key that is wrong.
    Catalogue(std::string tag, std::string_view json);

    const std::string& tag() const { return tag_; }
    const Message* find(std::string_view key) const;
    const std::map<std::string, Message, std::less<>>& messages() const { return messages_; }

private:
    std::string tag_;
    std::map<std::string, Message, std::less<>> messages_;
};

}  // namespace verbatim::render
