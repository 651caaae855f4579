#include "app/server/paper.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "app/server/files.h"
#include "life/plan/print.h"

namespace verbatim::server {
namespace {

namespace fs = std::filesystem;

// Everything in the folder is on the disk before its name is.
void settle_on_disk(const fs::path& folder, bool all) {
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool good = handle >= 0 && (all ? ::syncfs(handle) : ::fsync(handle)) == 0;
    if (handle >= 0) ::close(handle);
    if (!good) throw std::runtime_error(folder.string() + " cannot be written to the disk");
}

// In clear: names and addresses. Only who runs the platform reads the folder.
void write_run(const plan::PrintRuns& runs, const contact::PrintRun& run, const fs::path& under, std::ostream& out) {
    auto digits = std::to_string(run.number);
    const auto name = "run-" + std::string(digits.size() < 5 ? 5 - digits.size() : 0, '0') + digits;
    const fs::path part = under / ("." + name + ".part"), whole = under / name;
    fs::create_directories(under);
    fs::remove_all(part);
    fs::create_directories(part / "letters");
    fs::permissions(part, fs::perms::owner_all);
    runs.files(run, [&](const std::string& file, std::string_view bytes) { write_file(part / file, bytes); });
    settle_on_disk(part, true);
    fs::remove_all(whole);
    fs::rename(part, whole);
    settle_on_disk(under, false);
    runs.written(run);
    out << whole.string() << ": " << run.letters << (run.letters == 1 ? " letter\n" : " letters\n");
}

}  // namespace

int paper_run(House& house, const std::string& out_folder, std::ostream& out, std::ostream& err) {
    const plan::PrintRuns runs(*house.db, house.clock, house.sender());
    const auto next = runs.next(Actor::system("paper run"));
    if (!next) return err << "verbatim: " << next.error().message << "\n", 1;
    for (const auto& run : *next) write_run(runs, run, out_folder, out);
    if (next->empty()) out << "no letter waits for paper\n";
    return 0;
}

int paper_again(House& house, std::int64_t number, const std::string& out_folder, std::ostream& out, std::ostream& err) {
    const plan::PrintRuns runs(*house.db, house.clock, house.sender());
    const auto run = runs.again(Actor::system("paper again"), number);
    if (!run) return err << "verbatim: " << run.error().message << "\n", 1;
    write_run(runs, *run, out_folder, out);
    return 0;
}

int paper_returns(House& house, const std::string& file, std::ostream& out, std::ostream& err) {
    const auto counts = intake::run(*house.db, file, plan::return_kind(house.clock), {});
    if (!counts) return err << "verbatim: " << counts.error().message << "\n", 1;
    out << intake::summary(*counts) << "\n";
    return intake::exit_code(*counts);
}

}  // namespace verbatim::server
