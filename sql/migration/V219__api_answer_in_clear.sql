-- Answers are encrypted from here on; those in clear, a day's at most, would not decrypt.
DELETE FROM api_answer;
