// The signals that end a serving process, taken by one thread.
#pragma once

#include <signal.h>

#include "engine/http/http.h"

namespace verbatim::server {

// Blocks the signals in every thread made from here on; wait() takes them in this one.
class StopSignals {
public:
    StopSignals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGTERM);
        sigaddset(&set_, SIGINT);
        sigaddset(&set_, SIGHUP);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        signal(SIGPIPE, SIG_IGN);
    }
    // Until it is time to stop; SIGHUP opens the access log anew, for log rotation.
    void wait(http::Server& server) const {
        for (int got = 0;;) {
            if (sigwait(&set_, &got) != 0) continue;
            if (got != SIGHUP) return;
            server.reopen_access_log();
        }
    }

private:
    sigset_t set_{};
};

}  // namespace verbatim::server
