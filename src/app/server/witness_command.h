// `verbatim witness`: this program as a witness for other logs (C2SP tlog-witness, norm TLG-7).
#pragma once

#include <string>
#include <vector>

namespace verbatim::server {

struct WitnessWish {
    std::string data, listen = "127.0.0.1:8090", name, access_log = "none";
    std::vector<std::string> logs;  // verifier keys
    int posts_per_minute = 1200;
};
// Serves until SIGTERM or SIGINT. Prints the witness's key and "listening on http://ADDRESS:PORT" on stdout.
int run_witness(const WitnessWish& wish);

}  // namespace verbatim::server
