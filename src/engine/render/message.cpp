#include "engine/render/message.h"

#include <unicode/messagepattern.h>

#include <cmath>
#include <stdexcept>

namespace verbatim::render {

class Message::Parser {
public:
    Parser(std::string_view pattern, MessageShape& shape) : source_(pattern), shape_(shape), pattern_(status_) {
        pattern_.parse(icu::UnicodeString::fromUTF8(icu::StringPiece(pattern.data(), static_cast<int32_t>(pattern.size()))), nullptr, status_);
        if (U_FAILURE(status_)) fail("malformed");
    }

    // From one MSG_START to its MSG_LIMIT: what stands between the parts is text.
    std::vector<Node> message(int32_t start) {
        std::vector<Node> nodes;
        std::string text;
        int32_t from = pattern_.getPart(start).getLimit();
        for (int32_t i = start + 1;; ++i) {
            const auto& part = pattern_.getPart(i);
            text += utf8(from, part.getIndex());
            from = part.getLimit();
            const auto type = part.getType();
            if (type == UMSGPAT_PART_TYPE_REPLACE_NUMBER) {
                flush(nodes, text);
                nodes.push_back({Node::Kind::hash, {}, {}});
            } else if (type == UMSGPAT_PART_TYPE_ARG_START) {
                flush(nodes, text);
                nodes.push_back(argument(i));
                i = pattern_.getLimitPartIndex(i);
                from = pattern_.getPart(i).getLimit();
            } else if (type == UMSGPAT_PART_TYPE_MSG_LIMIT) {
                flush(nodes, text);
                return nodes;
            }
        }
    }

private:
    Node argument(int32_t start) {
        const int32_t limit = pattern_.getLimitPartIndex(start);
        const auto kind = pattern_.getPart(start).getArgType();
        const std::string name = part_text(start + 1);
        switch (kind) {
            case UMSGPAT_ARG_TYPE_NONE:
                note(name, "text");
                return {Node::Kind::argument, name, {}};
            case UMSGPAT_ARG_TYPE_SIMPLE:
                if (part_text(start + 2) != "number" || start + 3 != limit) fail("only {x}, {x, number}, plural and select are used");
                note(name, "number");
                return {Node::Kind::number, name, {}};
            case UMSGPAT_ARG_TYPE_PLURAL:
            case UMSGPAT_ARG_TYPE_SELECT: {
                const bool plural = kind == UMSGPAT_ARG_TYPE_PLURAL;
                note(name, plural ? "plural" : "select");
                Node node{plural ? Node::Kind::plural : Node::Kind::select, name, {}};
                std::set<std::string> categories;
                for (int32_t i = start + 2; i < limit; ++i) {
                    const auto type = pattern_.getPart(i).getType();
                    if (type != UMSGPAT_PART_TYPE_ARG_SELECTOR) fail("offset is not used");
                    const std::string selector = part_text(i);
                    if (selector.front() != '=') categories.insert(selector);
                    if (selector.front() == '=') ++i;  // the number's own part
                    ++i;
                    node.cases.push_back({selector, message(i)});
                    i = pattern_.getLimitPartIndex(i);
                }
                if (plural) shape_.plurals.push_back(std::move(categories));
                return node;
            }
            default: fail("only {x}, {x, number}, plural and select are used");
        }
    }

    void note(const std::string& name, const char* type) {
        auto& known = shape_.arguments[name];
        if (known.empty() || known == "text" || known == "number") known = type;
    }
    static void flush(std::vector<Node>& nodes, std::string& text) {
        if (!text.empty()) nodes.push_back({Node::Kind::text, std::move(text), {}});
        text.clear();
    }
    std::string part_text(int32_t part) const {
        const auto& p = pattern_.getPart(part);
        return utf8(p.getIndex(), p.getLimit());
    }
    std::string utf8(int32_t from, int32_t to) const {
        std::string out;
        pattern_.getPatternString().tempSubStringBetween(from, to).toUTF8String(out);
        return out;
    }
    [[noreturn]] void fail(const char* why) const { throw std::logic_error("message \"" + source_ + "\": " + why); }

    std::string source_;
    MessageShape& shape_;
    UErrorCode status_ = U_ZERO_ERROR;
    icu::MessagePattern pattern_;
};

Message::Message(std::string_view pattern) {
    Parser parser(pattern, shape_);
    nodes_ = parser.message(0);
}

namespace {

const Argument* find(std::span<const Argument> arguments, std::string_view name) {
    for (const auto& argument : arguments)
        if (argument.first == name) return &argument;
    return nullptr;
}

double as_number(const Argument* argument) {
    if (!argument) return 0;
    if (const auto* integer = std::get_if<std::int64_t>(&argument->second)) return static_cast<double>(*integer);
    if (const auto* real = std::get_if<double>(&argument->second)) return *real;
    return 0;
}

}  // namespace

void Message::append(std::string& out, std::span<const Argument> arguments, const MessageLanguage& language) const {
    append(out, nodes_, arguments, language, 0);
}

void Message::append(std::string& out, const std::vector<Node>& nodes, std::span<const Argument> arguments,
                     const MessageLanguage& language, double number) {
    for (const Node& node : nodes) {
        if (node.kind == Node::Kind::text) {
            out += node.text;
            continue;
        }
        if (node.kind == Node::Kind::hash) {
            language.append_number(out, number);
            continue;
        }
        const Argument* argument = find(arguments, node.text);
        const auto* text = argument ? std::get_if<std::string_view>(&argument->second) : nullptr;
        if (node.kind == Node::Kind::argument || node.kind == Node::Kind::number) {
            if (text)
                out += *text;
            else if (argument)
                language.append_number(out, as_number(argument));
            continue;
        }
        const Case* chosen = nullptr;
        const bool plural = node.kind == Node::Kind::plural;
        const double value = plural ? as_number(argument) : number;
        const std::string_view wanted = plural ? language.plural_category(value) : text ? *text : std::string_view("other");
        for (const Case& one : node.cases) {
            if (plural && one.selector.front() == '=') {
                if (std::stod(one.selector.substr(1)) == value) {  // an exact value wins over its category
                    chosen = &one;
                    break;
                }
            } else if (one.selector == wanted || (!chosen && one.selector == "other")) {
                chosen = &one;
            }
        }
        if (chosen) append(out, chosen->nodes, arguments, language, value);
    }
}

}  // namespace verbatim::render
