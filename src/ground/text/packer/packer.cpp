// Build step: packs in, the image of their lexicon out. A mistake in a pack stops the build with FILE: line N: why.
#include "ground/text/lexicon.h"

#include <cstdio>
#include <fstream>
#include <sstream>

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: packer IMAGE PACK...\n");
        return 2;
    }
    verbatim::text::Lexicon lexicon;
    for (int i = 2; i < argc; ++i) {
        std::ifstream file(argv[i], std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        const auto pack = verbatim::text::parse_pack(text.str());
        if (!file || !pack) {
            std::fprintf(stderr, "%s: %s\n", argv[i], file ? pack.error().message.c_str() : "cannot be read");
            return 1;
        }
        lexicon.add(*pack);
    }
    lexicon.build();
    std::ofstream out(argv[1], std::ios::binary | std::ios::trunc);
    const std::string image = lexicon.image();
    out.write(image.data(), static_cast<std::streamsize>(image.size()));
    out.close();
    if (!out) {
        std::fprintf(stderr, "%s cannot be written\n", argv[1]);
        return 1;
    }
    return 0;
}
