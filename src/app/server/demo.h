// `verbatim demo`: makes the invented brand's platform once, then serves it with its outbox in the browser.
#pragma once

#include "app/server/serve.h"

namespace verbatim::server {

int run_demo(Place place, ServeOptions options);

}  // namespace verbatim::server
