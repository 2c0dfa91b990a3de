#!/bin/sh
# Hashes made by openssl passwd, htpasswd, mkpasswd and slappasswd.
#
# apt-get install openssl apache2-utils whois slapd slapd-contrib
# sh make.sh > shell.json
set -eu
LC_ALL=C.UTF-8
export LC_ALL

first=true
answer() { # format, program, password, hash
  $first || printf ',\n'
  first=false
  printf ' {"format": "%s", "madeBy": "%s", "password": "%s", "hash": "%s"}' "$1" "$2" "$3" "$4"
}

printf '[\n'
for password in 'correct horse battery staple' '0' 'Lösenord på svenska 日本語 🔑' \
  'exactly-sixty-four-bytes-long-exactly-sixty-four-bytes-long-abcd'; do
  answer md5-crypt openssl "$password" "$(openssl passwd -1 -salt pepper "$password")"
  answer apr1 openssl "$password" "$(openssl passwd -apr1 -salt pepper "$password")"
  answer sha256-crypt openssl "$password" "$(openssl passwd -5 -salt pepper "$password")"
  answer sha512-crypt openssl "$password" "$(openssl passwd -6 -salt pepper "$password")"
  answer apr1 htpasswd "$password" "$(htpasswd -nbm u "$password" | sed -n 's/^u://p')"
  answer bcrypt htpasswd "$password" "$(htpasswd -nbB -C 4 u "$password" | sed -n 's/^u://p')"
  answer ldap-sha htpasswd "$password" "$(htpasswd -nbs u "$password" | sed -n 's/^u://p')"
  answer sha512-crypt mkpasswd "$password" "$(mkpasswd -m sha512crypt -R 1000 "$password")"
  answer bcrypt mkpasswd "$password" "$(mkpasswd -m bcrypt -R 4 "$password")"
  answer ldap-ssha slappasswd "$password" "$(slappasswd -h '{SSHA}' -s "$password")"
  answer ldap-smd5 slappasswd "$password" "$(slappasswd -h '{SMD5}' -s "$password")"
  answer ldap-md5 slappasswd "$password" "$(slappasswd -h '{MD5}' -s "$password")"
  for scheme in SSHA256 SSHA384 SSHA512 SHA256 SHA384 SHA512; do
    answer "ldap-$(echo "$scheme" | tr A-Z a-z)" slappasswd "$password" \
      "$(slappasswd -o module-load=pw-sha2 -h "{$scheme}" -s "$password")"
  done
  for scheme in PBKDF2 PBKDF2-SHA1 PBKDF2-SHA256 PBKDF2-SHA512; do
    name=$(echo "$scheme" | tr A-Z a-z | sed 's/^pbkdf2$/pbkdf2-sha1/')
    answer "ldap-$name" slappasswd "$password" \
      "$(slappasswd -o module-load=pw-pbkdf2 -h "{$scheme}" -s "$password")"
  done
  answer ldap-crypt slappasswd "$password" "$(slappasswd -h '{CRYPT}' -c '$6$%.16s' -s "$password")"
done
printf '\n]\n'
