<?php
// Debian's MediaWiki: `people` creates people, `authenticate` asks its own way to check passwords.

use MediaWiki\Auth\AuthenticationResponse;
use MediaWiki\Auth\LocalPasswordPrimaryAuthenticationProvider;
use MediaWiki\Auth\PasswordAuthenticationRequest;
use MediaWiki\MediaWikiServices;

require_once '/usr/share/mediawiki/maintenance/Maintenance.php';

class People extends Maintenance {
    public function __construct() {
        parent::__construct();
        $this->addArg('verb', 'what to do');
    }

    public function execute() {
        $input = json_decode(stream_get_contents(STDIN), true);
        if ($this->getArg(0) === 'people') array_map([$this, 'create'], $input);
        else echo json_encode(array_map(fn ($pair) => $this->accepts(...$pair), $input));
    }

    private function create(array $person): void {
        $user = User::createNew(ucfirst($person['username']), [
            'email' => $person['email'],
            'real_name' => $person['givenName'] . ' ' . $person['familyName'],
        ]);
        $status = $user->changeAuthenticationData([
            'username' => $user->getName(),
            'password' => $person['password'],
            'retype' => $person['password'],
        ]);
        if (!$status->isGood()) throw new Exception((string)$status);
    }

    private function accepts(string $username, string $password): bool {
        $request = new PasswordAuthenticationRequest;
        $request->username = ucfirst($username);
        $request->password = $password;
        $response = MediaWikiServices::getInstance()->getAuthManager()
            ->getAuthenticationProvider(LocalPasswordPrimaryAuthenticationProvider::class)
            ->beginPrimaryAuthentication([PasswordAuthenticationRequest::class => $request]);
        return $response->status === AuthenticationResponse::PASS;
    }
}

$maintClass = People::class;
require_once RUN_MAINTENANCE_IF_MAIN;
