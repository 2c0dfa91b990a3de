<?php
// Hashes made by PHP's password_hash and crypt, and WordPress' way of using them.
//
// apt-get install php-cli
// php make.php > php.json

$passwords = [
    'correct horse battery staple',
    '0',
    '  spaces around it ',
    "L\u{f6}senord p\u{e5} svenska \u{65e5}\u{672c}\u{8a9e} \u{1f511}",
    str_repeat('z', 72),
    str_repeat("\u{e9}", 36) . 'past the seventy-second byte',
];

$makers = [
    ['bcrypt', fn($p) => password_hash($p, PASSWORD_BCRYPT, ['cost' => 4])],
    ['argon2id', fn($p) => password_hash($p, PASSWORD_ARGON2ID, ['memory_cost' => 64, 'time_cost' => 1])],
    ['argon2i', fn($p) => password_hash($p, PASSWORD_ARGON2I, ['memory_cost' => 64, 'time_cost' => 1])],
    ['wordpress-bcrypt', fn($p) => '$wp' . password_hash(
        base64_encode(hash_hmac('sha384', $p, 'wp-sha384', true)), PASSWORD_BCRYPT, ['cost' => 4])],
    ['sha512-crypt', fn($p) => crypt($p, '$6$rounds=1000$saltstring$')],
];

$answers = [];
foreach ($makers as [$format, $make])
    foreach ($passwords as $password)
        $answers[] = ['format' => $format, 'madeBy' => 'PHP', 'password' => $password, 'hash' => $make($password)];

echo json_encode($answers, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES), "\n";
