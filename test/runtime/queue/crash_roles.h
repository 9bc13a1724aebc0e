// The processes that are killed: what they do is in files, which outlive them. A line of messages is begun, confirmed
// and handled in the order of its numbers.
//
//   return run_receiver(folder);        // until a SIGTERM
#pragma once

#include <string>
#include <vector>

inline constexpr int lines_of_messages = 3;  ///< threads of the sender; the first one's handlers act exactly once

std::vector<long> numbers_in(const std::string& path);

/// Of what a process has written of a line: "begun", "confirmed".
std::string name_of(const char* what, int line);

/// To be called once by a process of these, before all else.
void end_at_sigterm();

/// Sends the numbers of each line after what was begun before.
int run_sender(const std::string& folder);

/// Sends nothing new: what is left goes out.
int run_forwarder(const std::string& folder);

/// Writes (its process, line, number) to "handled", and for the first line a row to "effects.db".
int run_receiver(const std::string& folder);

/// Ends the process badly with each "poison", and well after "after".
int run_poisoned(const std::string& folder);
