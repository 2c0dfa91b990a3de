<?php
// Hashes made by PHP of passwords as phpBB's forms hand them on (phpbb/request/type_cast_helper.php, set_var): without
// white space at the ends, and with htmlspecialchars. The portable hash is phpBB's `$H$`, computed here.
//
// apt-get install php-cli
// php make-phpbb.php > phpbb.json

const ITOA64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Six bits a character, the lowest first. */
function encode64(string $bytes): string {
    $text = '';
    for ($at = 0; $at < strlen($bytes); $at += 3) {
        $group = array_map('ord', str_split(substr($bytes, $at, 3)));
        $value = $group[0] | (($group[1] ?? 0) << 8) | (($group[2] ?? 0) << 16);
        for ($i = 0; $i <= count($group); $i++) $text .= ITOA64[($value >> (6 * $i)) & 63];
    }
    return $text;
}

function portable(string $password): string {
    $salt = 'saltsalt';
    $hash = md5($salt . $password, true);
    for ($round = 0; $round < 2 ** 7; $round++) $hash = md5($hash . $password, true);
    return '$H$' . ITOA64[7] . $salt . encode64($hash);
}

$passwords = ['correct horse battery staple', ' spaces around it ', 'a < b && "c" > \'d\'', "L\u{f6}senord p\u{e5} svenska"];
$makers = [
    fn($p) => password_hash($p, PASSWORD_BCRYPT, ['cost' => 4]),
    fn($p) => password_hash($p, PASSWORD_ARGON2ID, ['memory_cost' => 64, 'time_cost' => 1]),
    fn($p) => portable($p),
];

$answers = [];
foreach ($makers as $make)
    foreach ($passwords as $password) {
        $posted = htmlspecialchars(trim($password), ENT_COMPAT, 'UTF-8');
        $answers[] = ['rule' => 'phpBB', 'madeBy' => 'PHP', 'password' => $password, 'hash' => $make($posted), 'parts' => []];
    }

echo json_encode($answers, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES), "\n";
