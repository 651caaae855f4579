#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engine/mail/imap_reply.h"

// However the bytes are cut, the same replies come out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    verbatim::mail::ImapReplies whole(4096), pieces(4096);
    whole.feed(all);
    for (std::size_t at = 0;;) {
        const auto one = whole.next();
        auto other = pieces.next();
        while (!other && !pieces.broken() && at < all.size()) {
            pieces.feed(all.substr(at, 7));
            at += 7;
            other = pieces.next();
        }
        if (one.has_value() != other.has_value() || (one && (one->text != other->text || one->literals != other->literals))) std::abort();
        if (!one) break;
        if (one->literals.size() > verbatim::mail::ImapReplies::most_literals) std::abort();
        for (const auto& literal : one->literals)
            if (literal.size() > 4096) std::abort();
        static_cast<void>(verbatim::mail::read_search(one->text));
    }
    return 0;
}
