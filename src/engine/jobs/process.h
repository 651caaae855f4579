// Which process holds a claim, so that it need not run out when that process is known to be dead. Inside this module.
#pragma once

#include <string>
#include <string_view>

namespace verbatim::jobs {

// "MACHINE.PID.STARTED" of this process: MACHINE names this boot and its PID namespace, STARTED the process's start in clock
// ticks since the boot (proc(5)), for process ids are used again. No dots inside the parts.
std::string process_name();
// True where a claim that begins with such a name is of this machine and its process is no more; false where that cannot be said.
bool surely_dead(std::string_view claim);
// True where it is of this machine and its process lives.
bool surely_alive(std::string_view claim);

}  // namespace verbatim::jobs
