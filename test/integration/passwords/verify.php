<?php
// Verifies hashes as PHP applications do: with password_verify and sodium, and as WordPress, Nextcloud, Magento, Joomla
// and MediaWiki use them.
//
// Reads a JSON list of {format, password, hash} and writes a list of true and false.

$verifiers = [
    'argon2id' => 'password_verify',
    'bcrypt' => 'password_verify',
    'argon2i' => 'password_verify',
    'nextcloud' => fn($password, $hash) => (int)$hash > 0 && password_verify($password, explode('|', $hash, 2)[1]),
    'spring' => fn($password, $hash) => str_starts_with($hash, '{bcrypt}')
        && password_verify($password, substr($hash, strlen('{bcrypt}'))),
    'magento' => function ($password, $hash) {
        [$hex, $salt, $version] = explode(':', $hash);
        [$kind, $length, $passes, $memory] = explode('_', $version);
        return $kind === '3' && hash_equals($hex, bin2hex(sodium_crypto_pwhash(
            (int)$length, $password, substr($salt, 0, 16), (int)$passes, (int)$memory, SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13)));
    },
    'magento-1' => fn($password, $hash) => md5(explode(':', $hash)[1] . $password) === explode(':', $hash)[0],
    'joomla' => fn($password, $hash) => md5($password . explode(':', $hash)[1]) === explode(':', $hash)[0],
    'mediawiki-pbkdf2' => function ($password, $stored) {
        [, , $algorithm, $rounds, $length, $salt, $hash] = explode(':', $stored);
        return $hash === base64_encode(
            hash_pbkdf2($algorithm, $password, base64_decode($salt), (int)$rounds, (int)$length, true));
    },
    'mediawiki-md5' => function ($password, $stored) {
        [, , $salt, $hash] = explode(':', $stored);
        return $hash === md5($salt . '-' . md5($password));
    },
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
