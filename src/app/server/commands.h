// The command line (contract "The binary").
#pragma once

namespace verbatim::server {

int run_command(int count, char** arguments);

}  // namespace verbatim::server
