<?php
// Hashes made by PHP's password_hash, crypt and sodium, by the ways in which WordPress, Nextcloud, Magento and
// Joomla use them, and by MediaWiki's own classes.
//
// apt-get install php-cli
// apt-get download mediawiki && dpkg -x mediawiki_*.deb /tmp/mediawiki
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
    ['spring', fn($p) => '{bcrypt}' . password_hash($p, PASSWORD_BCRYPT, ['cost' => 4])],
    ['spring', fn($p) => '{argon2@SpringSecurity_v5_8}' . password_hash($p, PASSWORD_ARGON2ID, ['memory_cost' => 64, 'time_cost' => 1])],
    ['spring', fn($p) => '{noop}' . $p],
    ['des-crypt', fn($p) => crypt($p, '9/')],
    ['ldap-crypt', fn($p) => '{CRYPT}' . crypt($p, 'zZ')],
    ['sha512-crypt', fn($p) => crypt($p, '$6$rounds=1000$saltstring$')],
];

/** Magento 2's Encryptor: each version hashes what the one before it made. */
function magento(string $password, string ...$versions): string {
    return saltedMagento('0123456789abcdefghijklmnopqrstuv', $password, ...$versions);
}

function saltedMagento(string $salt, string $password, string ...$versions): string {
    $text = $password;
    foreach ($versions as $version) {
        [$kind, $length, $passes, $memory] = array_pad(explode('_', $version), 4, null);
        $text = match ($kind) {
            '0' => md5($salt . $text),
            '1' => hash('sha256', $salt . $text),
            default => bin2hex(sodium_crypto_pwhash(
                (int)($length ?? 32), $text, substr(str_pad($salt, 16, $salt), 0, 16), (int)($passes ?? SODIUM_CRYPTO_PWHASH_OPSLIMIT_INTERACTIVE),
                (int)($memory ?? SODIUM_CRYPTO_PWHASH_MEMLIMIT_INTERACTIVE), SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13)),
        };
    }
    return implode(':', [$text, $salt, ...$versions]);
}

class MWCryptRand {
    static function generateHex(int $digits): string { return substr(bin2hex(random_bytes($digits)), 0, $digits); }
}
$folder = '/tmp/mediawiki/usr/share/mediawiki/includes/password/';
foreach (['Password', 'ParameterizedPassword', 'PasswordFactory', 'InvalidPassword', 'Pbkdf2Password', 'MWSaltedPassword', 'MWOldPassword'] as $class)
    require $folder . $class . '.php';
function mediawiki(string $type, string $class, array $config, string $password): string {
    $factory = new PasswordFactory([$type => ['class' => $class, ...$config]], $type);
    return $factory->newFromPlaintext($password)->toString();
}

$makers = [
    ...$makers,
    ['nextcloud', fn($p) => '3|' . password_hash($p, PASSWORD_ARGON2ID, ['memory_cost' => 64, 'time_cost' => 1])],
    ['nextcloud', fn($p) => '2|' . password_hash($p, PASSWORD_ARGON2I, ['memory_cost' => 64, 'time_cost' => 1])],
    ['nextcloud', fn($p) => '1|' . password_hash($p, PASSWORD_BCRYPT, ['cost' => 4])],
    ['magento', fn($p) => magento($p, '0')],
    ['magento', fn($p) => magento($p, '1')],
    ['magento', fn($p) => magento($p, '2')],
    ['magento', fn($p) => magento($p, '0', '1')],
    ['magento', fn($p) => magento($p, '0', '1', '3_32_1_8192')],
    ['magento', fn($p) => magento($p, '3_32_2_65536')],
    ['magento', fn($p) => saltedMagento('A1b', $p, '0', '3_32_1_8192')],
    ['magento-1', fn($p) => md5('A1' . $p) . ':A1'],
    ['joomla', fn($p) => md5($p . 'aNbhpkVUEs2ePTmC0rDYLKhWu4E5xJq9') . ':aNbhpkVUEs2ePTmC0rDYLKhWu4E5xJq9'],
    ['mediawiki-pbkdf2', fn($p) => mediawiki('pbkdf2', Pbkdf2Password::class, ['algo' => 'sha512', 'cost' => 1000, 'length' => 64], $p)],
    ['mediawiki-pbkdf2', fn($p) => mediawiki('pbkdf2', Pbkdf2Password::class, ['algo' => 'sha256', 'cost' => 1000, 'length' => 32], $p)],
    ['mediawiki-md5', fn($p) => mediawiki('B', MWSaltedPassword::class, [], $p)],
    ['mediawiki-md5', fn($p) => mediawiki('A', MWOldPassword::class, [], $p)],
];
$madeBy = ['mediawiki-pbkdf2' => 'MediaWiki', 'mediawiki-md5' => 'MediaWiki'];

$answers = [];
foreach ($makers as [$format, $make])
    foreach ($passwords as $password)
        $answers[] = ['format' => $format, 'madeBy' => $madeBy[$format] ?? 'PHP', 'password' => $password, 'hash' => $make($password)];

echo json_encode($answers, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES), "\n";
