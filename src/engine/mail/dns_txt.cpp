// TXT records by the resolver of the C library.
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>

#include <array>

#include "engine/mail/dns_policy.h"

namespace verbatim::mail {

std::optional<std::vector<std::string>> look_up_txt(const std::string& name) {
    struct __res_state state {};
    if (res_ninit(&state) != 0) return std::nullopt;
    state.retrans = 3, state.retry = 2;
    std::array<unsigned char, 65536> answer{};
    const int length = res_nquery(&state, name.c_str(), ns_c_in, ns_t_txt, answer.data(), static_cast<int>(answer.size()));
    const int why = state.res_h_errno;
    res_nclose(&state);
    if (length < 0) return why == HOST_NOT_FOUND || why == NO_DATA ? std::optional(std::vector<std::string>{}) : std::nullopt;
    ns_msg message{};
    if (ns_initparse(answer.data(), std::min(length, static_cast<int>(answer.size())), &message) != 0) return std::nullopt;
    std::vector<std::string> records;
    for (int i = 0; i < ns_msg_count(message, ns_s_an); ++i) {
        ns_rr record{};
        if (ns_parserr(&message, ns_s_an, i, &record) != 0) return std::nullopt;
        if (ns_rr_type(record) != ns_t_txt) continue;
        std::string text;
        const unsigned char* data = ns_rr_rdata(record);
        for (std::size_t at = 0, size = ns_rr_rdlen(record); at < size;) {
            const std::size_t part = data[at++];
            if (at + part > size) return std::nullopt;
            text.append(reinterpret_cast<const char*>(data + at), part);
            at += part;
        }
        records.push_back(std::move(text));
    }
    return records;
}

}  // namespace verbatim::mail
