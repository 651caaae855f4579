// The plan's letters, each made ahead once a campaign and language and then filled in by person. Written whole, they cost six times
// the work, and the bytes are the same. Thread-safe.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "engine/mail/prepared.h"
#include "record/contact/letter_data.h"

namespace verbatim::contact {

class LetterForms {
public:
    // The message with the letter of this family in it; message.text and html are not read. `data` with its links; `about` is what the
    // letter has besides its data that makes it look different (the platform's language). `whole` makes the data as the templates want
    // it, complete; it is asked only where no form is there.
    std::string compose(mail::Message& message, std::string_view family, std::string_view about, const LetterData& data, const std::function<nlohmann::json()>& whole);
    std::size_t count() const;
    std::size_t bytes() const;
    std::size_t filled_in() const { return filled_in_; }  // letters written by a form

private:
    struct Form {
        mail::Prepared text, html;
    };
    // True where the key is known; then the form, or nothing where such letters must be written whole.
    bool find(const std::string& key, std::shared_ptr<const Form>& form) const;
    void prepare(const std::string& key, std::string_view family, const LetterData& data, nlohmann::json whole);

    mutable std::shared_mutex mutex_;
    std::map<std::string, std::shared_ptr<const Form>, std::less<>> forms_;  // null: this one must be written whole
    std::set<std::size_t> seen_;  // hashes of keys met once: a form is made at the second time
    std::size_t bytes_ = 0;
    std::atomic<std::size_t> filled_in_{0};
};

}  // namespace verbatim::contact
