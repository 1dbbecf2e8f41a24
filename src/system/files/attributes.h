// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// What a file has beside content, owner and mode: an ACL, labels, other extended attributes. A file
// that takes the place of another gets that one's: they say who may use what lies in this place. A
// file capability gives rights to a program, so it belongs to the content: it comes from the
// manifest, and never from the place.
//
// Order of calls, by the rules of the kernel: write and change the owner (both take a capability
// away), carry_attributes() (an ACL changes the mode), change the mode (it keeps a capability),
// give_capability().

// In hex; "": it has none. Throws SystemError.
std::string capability_of(int fd, std::string_view subject);

// Gives the new file `to` what `from` has, and takes away an ACL that it inherited where that one
// has none. What the kernel and file systems keep for themselves is left alone. Returns the names
// of what was carried, but for labels, which the system gives to every file; what was not carried
// is added to `lost`, each with its reason.
std::vector<std::string> carry_attributes(int from, int to, std::vector<std::string>& lost);

// Whether there is one and it was given.
bool give_capability(int fd, std::string_view hex, std::vector<std::string>& lost);

}  // namespace backstep
