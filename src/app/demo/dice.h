// The demo's chance: the same seed gives the same life on every machine, so nothing here depends on a standard library's
// distributions. SplitMix64 (Steele, Lea, Flood 2014).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace verbatim::demo {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    // A stream of its own for each thing that is decided, so that one more sentence changes no other story.
    Dice(std::uint64_t seed, std::string_view what) : state_(seed) {
        for (const char c : what) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        next();
    }

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }  // [0, 1)
    bool chance(double probability) { return unit() < probability; }
    int between(int least, int most) { return least + static_cast<int>(next() % static_cast<std::uint64_t>(most - least + 1)); }
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }

    template <class T>
    const T& pick(const std::vector<T>& from) {
        return from[below(from.size())];
    }
    // An index, as likely as its weight.
    template <class Weights>
    std::size_t weighted(const Weights& weights) {
        double total = 0;
        for (const double weight : weights) total += weight;
        double left = unit() * total;
        std::size_t index = 0, last = 0;
        for (const double weight : weights) {
            if (weight > 0) {
                last = index;
                if (left < weight) return index;
                left -= weight;
            }
            ++index;
        }
        return last;
    }
    std::size_t weighted(std::initializer_list<double> weights) { return weighted<std::initializer_list<double>>(weights); }

private:
    std::uint64_t state_;
};

}  // namespace verbatim::demo
