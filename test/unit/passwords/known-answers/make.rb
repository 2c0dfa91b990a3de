# Hashes made by Devise itself, with a pepper.
#
# apt-get install ruby-bcrypt
# apt-get download ruby-devise && dpkg -x ruby-devise_*.deb /tmp/devise
# ruby make.rb > ruby.json

require 'bcrypt'
require 'json'
require Dir['/tmp/devise/**/devise/encryptor.rb'].fetch(0)

class String
  # What Devise uses of ActiveSupport.
  def present? = !strip.empty?
end

Person = Struct.new(:pepper, :stretches)
person = Person.new('ground black', 4)

passwords = [
  'correct horse battery staple',
  "L\u00f6senord p\u00e5 svenska \u65e5\u672c\u8a9e \u{1f511}",
  'z' * 60,
  # The pepper is past what bcrypt reads.
  'z' * 72
]
puts JSON.pretty_generate(passwords.map { |password|
  { rule: 'Devise', madeBy: 'Devise', password: password, hash: Devise::Encryptor.digest(person, password), parts: [] }
})
