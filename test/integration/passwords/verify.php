<?php
// Verifies hashes as PHP applications do: password_verify, and WordPress' use of it.
//
// Reads a JSON list of {format, password, hash} and writes a list of true and false.

$verifiers = [
    'argon2id' => 'password_verify',
    'bcrypt' => 'password_verify',
    'sha256-crypt' => 'password_verify',
    'sha512-crypt' => 'password_verify',
    'wordpress-bcrypt' => fn($password, $hash) => str_starts_with($hash, '$wp') && password_verify(
        base64_encode(hash_hmac('sha384', $password, 'wp-sha384', true)),
        substr($hash, 3),
    ),
];

echo json_encode(array_map(
    fn($question) => $verifiers[$question['format']]($question['password'], $question['hash']),
    json_decode(stream_get_contents(STDIN), true),
));
