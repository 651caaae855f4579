// Second factors on the way in and in one's own account: what record/factors checks, record/access makes a session of. And the brand's
// directory, which vouches for somebody instead of a password.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/access/access.h"
#include "record/directory/directory.h"
#include "record/factors/factors.h"

namespace verbatim::access {

class SecondFactors {
public:
    // Without a relying party there are no passkeys here. Access must outlive it.
    SecondFactors(Access& access, std::optional<factors::RelyingParty> party) : access_(access), party_(std::move(party)) {}

    bool passkeys() const { return party_.has_value(); }
    bool required() const { return access_.options().second_factor_required; }

    // --- on the way in; for a session that waits for its second factor
    SignIn by_totp(const Holder& holder, std::string_view code, const Device& device, std::string_view request);
    SignIn by_recovery_code(const Holder& holder, std::string_view code, const Device& device, std::string_view request);
    // With a holder the second factor of his session; without one instead of the password, and then bound to `browser`, the value of a
    // cookie that only this browser has.
    Result<std::string> passkey_request(const std::optional<Holder>& holder, std::string_view browser);
    SignIn by_passkey(const std::optional<Holder>& holder, std::string_view browser, std::string_view answer, const Device& device, std::string_view request);

    // --- in one's own account, and by who must add a first factor to get in
    factors::Held held(const Holder& holder) const;
    // forbidden "second_factor" for who has one and has not given it yet; forbidden "confirm_first" for a session older than an hour.
    Result<factors::Secret> begin_totp(const Holder& holder);
    Result<std::string> passkey_creation(const Holder& holder);
    struct Added {
        std::optional<Error> error;
        std::string passkey;                      // its id
        std::vector<std::string> recovery_codes;  // where there were none
        std::optional<SignIn> entered;            // who waited for his first factor is in now
    };
    Added confirm_totp(const Holder& holder, std::string_view code, const Device& device, std::string_view request);
    Added add_passkey(const Holder& holder, std::string_view name, std::string_view answer, const Device& device, std::string_view request);
    Result<std::vector<std::string>> new_recovery_codes(const Holder& holder);
    Result<void> rename_passkey(const Holder& holder, std::string_view id, std::string_view name);
    // conflict "last_factor" where the house requires one and this is the last.
    Result<void> drop_passkey(const Holder& holder, std::string_view id);
    Result<void> drop_totp(const Holder& holder);

    // --- the brand's directory
    // By issuer and subject, else by an address the directory has verified. `anybody_with_a_role`: who has a role but no account yet
    // gets one. Codes: forbidden directory_stranger.
    SignIn by_directory(const directory::Person& person, bool anybody_with_a_role, const Device& device, std::string_view request);
    bool linked(const Holder& holder) const;
    // Signs out; returns the ID token the session came in by, or "".
    std::string sign_out(const Holder& holder, std::string_view request);

private:
    Result<void> may_change(const Holder& holder) const;
    std::string bound_to(const std::optional<Holder>& holder, std::string_view browser) const;
    template <class Add>
    Added add(const Holder& holder, std::string_view method, Add add, const Device& device, std::string_view request);

    Access& access_;
    std::optional<factors::RelyingParty> party_;
};

// Somebody lost telephone and keys: all his factors go, his sessions end, and he is told by mail. Inside the caller's transaction, who has
// checked that he may. Says whether there was anything.
bool reset_factors(storage::Tx& tx, Seconds now, const Account& account, std::string_view base_url);

}  // namespace verbatim::access
