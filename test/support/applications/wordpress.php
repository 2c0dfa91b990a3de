<?php
// Debian's WordPress: `install` makes its tables, `people` creates people, `authenticate` asks wp_authenticate().

define('DB_NAME', getenv('SITE_DATABASE'));
define('DB_USER', getenv('SITE_USER'));
define('DB_PASSWORD', getenv('SITE_PASSWORD'));
define('DB_HOST', getenv('SITE_HOST') . ':' . getenv('SITE_PORT'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('ABSPATH', '/usr/share/wordpress/');
define('WP_SITEURL', 'http://wordpress.example');
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
if ($argv[1] === 'install') define('WP_INSTALLING', true);
$table_prefix = 'wp_';
$_SERVER['HTTP_HOST'] = 'wordpress.example';

/** Takes the place of WordPress's own: there is no mail server. */
function wp_mail() {
    return true;
}

require ABSPATH . 'wp-settings.php';

$input = json_decode(stream_get_contents(STDIN), true);
switch ($argv[1]) {
    case 'install':
        require ABSPATH . 'wp-admin/includes/upgrade.php';
        wp_install('Tests', $input['username'], $input['email'], false, '', $input['password']);
        break;
    case 'people':
        foreach ($input as $person) {
            $id = wp_insert_user([
                'user_login' => $person['username'],
                'user_email' => $person['email'],
                'user_pass' => $person['password'],
                'first_name' => $person['givenName'],
                'last_name' => $person['familyName'],
            ]);
            if (is_wp_error($id)) throw new Exception($id->get_error_message());
        }
        break;
    case 'authenticate':
        echo json_encode(array_map(fn ($pair) => !is_wp_error(wp_authenticate(...$pair)), $input));
}
