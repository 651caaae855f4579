// Microseconds a page, one thread: engine_render_bench assets/templates/samples
#include <chrono>
#include <cstdio>

#include "engine/render/render.h"
#include "engine/render/samples.h"

using namespace verbatim::render;

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: engine_render_bench SAMPLES\n", stderr);
        return 2;
    }
    const auto now = [] { return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now().time_since_epoch()).count(); };
    const double start = now();
    const auto renderer = Renderer::make();
    std::printf("make %.0f us", now() - start);
    const double before = now();
    const Locale& locale = renderer->locale("fr");
    std::printf(", first locale %.0f us\n", now() - before);
    for (const char* name : {"thanks", "site", "form", "review", "home", "mail_invitation", "transparency"}) {
        const auto data = samples(argv[1], name).front().second;
        const double first = now();
        const std::size_t bytes = renderer->html(name, locale, data).size();
        const double compiled = now() - first;
        double best = 1e9;
        for (int round = 0; round < 15; ++round) {
            const double from = now();
            for (int i = 0; i < 100; ++i) {
                if (renderer->html(name, locale, data).size() != bytes) return 1;
            }
            best = std::min(best, (now() - from) / 100);
        }
        std::printf("%-16s %7zu bytes  %7.1f us  (first time %.0f us)\n", name, bytes, best, compiled);
    }
    return 0;
}
