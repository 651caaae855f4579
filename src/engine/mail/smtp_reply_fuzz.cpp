// Whatever a server sends: one verdict, within the limits, and the same however the bytes were cut on the way.
#include <cstdlib>

#include "engine/mail/smtp_reply.h"

using namespace verbatim::mail;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const ReplyRead whole = read_reply(bytes);
    if (whole.state == ReplyState::complete) {
        if (whole.used == 0 || whole.used > bytes.size() || whole.used > reply_size_limit) std::abort();
        if (whole.reply.code < 200 || whole.reply.code > 599 || whole.reply.last_line().size() > 500) std::abort();
        for (char c : whole.reply.text) {
            if (c != '\n' && (c < ' ' || c > '~')) std::abort();
        }
        if (read_reply(bytes.substr(0, whole.used)).reply.text != whole.reply.text) std::abort();
        if (read_reply(bytes.substr(0, whole.used - 1)).state != ReplyState::partial) std::abort();
    } else if (whole.used != 0 || whole.reply.code != 0) {
        std::abort();
    }
    if (whole.state == ReplyState::partial && bytes.size() > reply_size_limit) std::abort();
    // What was no beginning of a reply does not become one by more bytes.
    if (read_reply(bytes.substr(0, size / 2)).state == ReplyState::malformed && whole.state != ReplyState::malformed) std::abort();
    return 0;
}
