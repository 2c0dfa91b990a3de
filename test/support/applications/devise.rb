# Debian's Rails and Devise: `install` runs Devise's own generator and the migration it writes, `people` creates people,
# `authenticate` asks valid_for_authentication?. SITE_FOLDER holds the application that the generator writes into.
require 'fileutils'
require 'json'
require 'rails'
require 'active_record/railtie'
require 'action_controller/railtie'
require 'action_mailer/railtie'
require 'devise'
require 'devise/orm/active_record'

FOLDER = ENV.fetch('SITE_FOLDER')
FileUtils.mkdir_p([File.join(FOLDER, 'app/models'), File.join(FOLDER, 'config')])
File.write(File.join(FOLDER, 'config/database.yml'), {
  'development' => {
    'adapter' => 'postgresql', 'host' => ENV.fetch('SITE_HOST'), 'port' => ENV.fetch('SITE_PORT'),
    'database' => ENV.fetch('SITE_DATABASE'), 'username' => ENV.fetch('SITE_USER'), 'password' => ENV.fetch('SITE_PASSWORD')
  }
}.to_yaml)

class Site < Rails::Application
  config.root = FOLDER
  config.eager_load = false
  config.logger = Logger.new(File::NULL)
  config.secret_key_base = 'only for tests'
end

Devise.setup { |config| config.secret_key = 'only for tests' }
Site.initialize!

def install
  Rails.application.load_generators
  FileUtils.touch(File.join(FOLDER, 'config/routes.rb'))
  Rails::Generators.invoke('devise', ['User', '--quiet'], behavior: :invoke, destination_root: FOLDER)
  ActiveRecord::Migration.verbose = false
  ActiveRecord::MigrationContext.new(File.join(FOLDER, 'db/migrate'), ActiveRecord::SchemaMigration).migrate
end

class ApplicationRecord < ActiveRecord::Base
  self.abstract_class = true
end

def model
  load File.join(FOLDER, 'app/models/user.rb')
  User
end

input = JSON.parse($stdin.read)
case ARGV.first
when 'install' then install
when 'people' then input.each { |person| model.create!(person.slice('email', 'password')) }
when 'authenticate'
  puts(input.map { |email, password| model.find_by(email: email)&.valid_password?(password) || false }.to_json)
end
