#include "engine/mail/outbox.h"
#include "engine/mail/smtp_transport.h"

namespace verbatim::mail {

Result<std::unique_ptr<Transport>> make_transport(std::string_view url) {
    constexpr std::string_view outbox = "outbox:";
    if (url.substr(0, outbox.size()) == outbox && url.size() > outbox.size()) return make_outbox(url.substr(outbox.size()));
    auto settings = parse_smtp_url(url);
    if (!settings) return settings.error();
    return make_smtp(std::move(*settings));
}

}  // namespace verbatim::mail
