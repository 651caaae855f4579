// One ICU MessageFormat pattern (unicode-org.github.io/icu/userguide/format_parse/messages), parsed by ICU into an immutable
// tree of our own: icu::MessageFormat may not be shared by threads, and one a thread and key would fill the memory.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/render/render.h"

namespace verbatim::render {

// What a message needs of its language.
class MessageLanguage {
public:
    virtual ~MessageLanguage() = default;
    virtual std::string_view plural_category(double value) const = 0;  // CLDR: zero one two few many other
    virtual void append_number(std::string& out, double value) const = 0;
};

// Argument name -> "text", "number", "plural" or "select", and the plural categories written: what catalogues must agree on.
struct MessageShape {
    std::map<std::string, std::string> arguments;
    std::vector<std::set<std::string>> plurals;  // one set a plural; "=1" are left out
};

class Message {
public:
    // Throws std::logic_error for a pattern that is malformed or uses a type other than number, plural and select.
    explicit Message(std::string_view pattern);

    void append(std::string& out, std::span<const Argument> arguments, const MessageLanguage& language) const;
    bool has_arguments() const { return !shape_.arguments.empty(); }
    const MessageShape& shape() const { return shape_; }

private:
    struct Case;
    struct Node {
        enum class Kind { text, argument, number, hash, plural, select } kind = Kind::text;
        std::string text;         // literal text, or the argument's name
        std::vector<Case> cases;  // plural, select
    };
    struct Case {
        std::string selector;  // "one", "=0", "workshop", "other"
        std::vector<Node> nodes;
    };
    class Parser;
    static void append(std::string& out, const std::vector<Node>& nodes, std::span<const Argument> arguments,
                       const MessageLanguage& language, double number);

    std::vector<Node> nodes_;
    MessageShape shape_;
};

}  // namespace verbatim::render
