// What a brand may word and choose for itself, in editions: questionnaires, rules of countries and of moderation, texts people agree
// to, settings. The packaged one is edition 0 and is never changed; each change makes the next edition, and taking one back makes
// another, so that what held on a day is known for ever and a review can say what it was asked with. Who owns a kind of document says
// what may stand in it; this module keeps them.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::editions {

std::span<const storage::Migration> migrations();

struct Edition {
    int number = 0;        // 0: the packaged one
    Seconds at = 0;
    std::string by;        // who made it
    std::string body;      // JSON; empty: the packaged one holds again
};

// The newest; nothing where none was ever made.
std::optional<Edition> current(storage::Tx& tx, std::string_view kind, std::string_view name);
// Its body, where it is not the packaged one again.
std::optional<std::string> body(storage::Tx& tx, std::string_view kind, std::string_view name);
std::optional<Edition> find(storage::Tx& tx, std::string_view kind, std::string_view name, int number);

// A kind of document and whoever owns it.
struct Shape {
    std::string kind;      // "questionnaire"
    std::string event;     // "questionnaire.changed"
    std::function<std::vector<std::string>()> names;                       // all there are, in order
    std::function<std::string(std::string_view name)> packaged;            // its packaged body
    // What was given as it is to be kept, or what is wrong with it.
    std::function<Result<std::string>(std::string_view name, std::string_view body)> check;
    // Called in the transaction that makes an edition; `body` empty: the packaged one. May be left out.
    std::function<void(storage::Tx& tx, std::string_view name, std::string_view body)> apply = {};
};

struct Document {
    std::string name;
    Edition edition;
    std::string body, packaged;   // what holds; what comes with the program
};

class Shelf {
public:
    Shelf(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}
    void add(Shape shape) { shapes_.push_back(std::move(shape)); }

    std::vector<Document> list(std::string_view kind) const;
    std::optional<Document> find(std::string_view kind, std::string_view name) const;
    // Newest first, the packaged one last.
    std::vector<Edition> history(std::string_view kind, std::string_view name, int limit) const;
    // `expected`: the edition the caller saw; another is conflict "changed_meanwhile". -1: whatever it is. Nothing is made where
    // nothing changes.
    Result<Document> put(const Actor& actor, std::string_view kind, std::string_view name, std::string_view body, int expected) const;
    // As it was before the newest edition.
    Result<Document> undo(const Actor& actor, std::string_view kind, std::string_view name, int expected) const;
    Result<Document> reset(const Actor& actor, std::string_view kind, std::string_view name, int expected) const;  // the packaged one

private:
    const Shape* shape(std::string_view kind, std::string_view name) const;
    Result<Document> keep(const Actor& actor, const Shape& shape, std::string_view name, const std::function<Result<std::string>(storage::Tx&, const Document&)>& next, int expected) const;
    Document read(storage::Tx& tx, const Shape& shape, std::string_view name) const;

    storage::Db& db_;
    const Clock& clock_;
    std::vector<Shape> shapes_;
};

}  // namespace verbatim::editions
