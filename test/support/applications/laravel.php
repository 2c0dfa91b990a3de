<?php
// Debian's Laravel: `install` makes the table of people with its schema builder, as the skeleton that a site
// starts from has it; `people` creates people, `authenticate` asks the provider behind its guards.

use Illuminate\Auth\EloquentUserProvider;
use Illuminate\Database\Capsule\Manager as Database;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Foundation\Auth\User;
use Illuminate\Hashing\BcryptHasher;

foreach (['Database', 'Hashing', 'Auth'] as $part) require_once "/usr/share/php/Illuminate/$part/autoload.php";
foreach (['Auth/Access/Authorizable', 'Auth/User'] as $class) require_once "/usr/share/php/Illuminate/Foundation/$class.php";

$database = new Database;
$database->addConnection([
    'driver' => 'mysql',
    'host' => getenv('SITE_HOST'),
    'port' => getenv('SITE_PORT'),
    'database' => getenv('SITE_DATABASE'),
    'username' => getenv('SITE_USER'),
    'password' => getenv('SITE_PASSWORD'),
    'charset' => 'utf8mb4',
    'collation' => 'utf8mb4_unicode_ci',
]);
$database->setAsGlobal();
$database->bootEloquent();
$hasher = new BcryptHasher;
$provider = new EloquentUserProvider($hasher, User::class);

$input = json_decode(stream_get_contents(STDIN), true);
switch ($argv[1]) {
    case 'install':
        Database::schema()->create('users', function (Blueprint $table) {
            $table->id();
            $table->string('name');
            $table->string('email')->unique();
            $table->timestamp('email_verified_at')->nullable();
            $table->string('password');
            $table->rememberToken();
            $table->timestamps();
        });
        break;
    case 'people':
        foreach ($input as $person) {
            (new User)->forceFill([
                'name' => $person['givenName'] . ' ' . $person['familyName'],
                'email' => $person['email'],
                'password' => $hasher->make($person['password']),
            ])->save();
        }
        break;
    case 'authenticate':
        echo json_encode(array_map(function ($pair) use ($provider) {
            $credentials = ['email' => $pair[0], 'password' => $pair[1]];
            $user = $provider->retrieveByCredentials($credentials);
            return $user !== null && $provider->validateCredentials($user, $credentials);
        }, $input));
}
