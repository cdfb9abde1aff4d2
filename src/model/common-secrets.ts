/** Words that examples, guides and generators sign tokens with, and that nobody should: tried against a token of one's own, offline. */
export const commonSecrets: readonly string[] = `
secret|Secret|SECRET|secret123|secretkey|secret-key|secret_key|secretKey|SECRET_KEY|mysecret|my-secret|my_secret|my-secret-key|mysecretkey|my_secret_key
|super-secret|supersecret|super_secret|super-secret-key|supersecretkey|super_secret_key|super-duper-secret|supersecretjwtkey|super-secret-jwt-key
|topsecret|top-secret|top_secret|verysecret|very-secret|very_secret|verysecretkey|very-secret-key|this-is-a-secret|thisisasecret|this is a secret
|jwt|JWT|jwtsecret|jwt-secret|jwt_secret|jwtSecret|JWT_SECRET|jwt-secret-key|jwt_secret_key|jwtsecretkey|my-jwt-secret|my_jwt_secret|myjwtsecret
|your-secret|your_secret|yoursecret|your-secret-key|your_secret_key|yoursecretkey|your-jwt-secret|your_jwt_secret|your-jwt-secret-key|your_jwt_secret_key
|your-256-bit-secret|your-384-bit-secret|your-512-bit-secret|your-super-secret-key|your-super-secret-jwt-key|your-secret-key-here|your_secret_key_here
|your-secret-here|your-secret-key-change-in-production|your-secret-key-change-this-in-production|your-super-secret-jwt-key-change-in-production
|your-super-secret-jwt-key-change-this-in-production|your-jwt-secret-change-in-production|your-jwt-secret-key-change-in-production|your-very-secure-secret
|changeme|change-me|change_me|changeMe|CHANGEME|CHANGE_ME|change-this|change_this|changethis|change-me-in-production|change-this-in-production
|changeme-in-production|please-change-me|change-this-secret|change-this-secret-key|replace-me|replace_me|replaceme|replace-this-secret|todo|TODO
|dev|dev-secret|dev_secret|devsecret|dev-secret-key|dev_secret_key|dev-jwt-secret|development|development-secret|dev-secret-change-me|dev-only-secret
|dev-secret-change-in-production|default|default-secret|default_secret|defaultsecret|default-secret-key|default_secret_key|fallback|fallback-secret
|fallback_secret|fallback-secret-key|test|test-secret|test_secret|testsecret|testing|test-secret-key|test_secret_key|demo|demo-secret|demo_secret|example
|example-secret|example_key|sample|local|local-secret|prod-secret|production-secret|insecure|insecure-secret|unsafe|not-so-secret|notsosecret
|password|Password|password1|password123|passw0rd|p@ssw0rd|Password123|pass|passphrase|admin|admin123|administrator|root|toor|guest|user|letmein|qwerty
|qwertyuiop|abc123|123|1234|12345|123456|1234567|12345678|123456789|1234567890|0123456789|00000000|11111111|abcdef|abcdefgh|asdf|asdfgh|xxx|xxxx|foo|bar
|foobar|baz|hello|helloworld|hello-world|hello world|key|mykey|my-key|private|private-key|privatekey|private_key|public|shared|sharedsecret|shared-secret
|shhh|shhhh|shhhhh|shhhhhh|shh|ssh|keyboard cat|keyboardcat|keyboard-cat|tasmanian devil|cats|somethingsecret|somesecret|some-secret|some_secret|some secret
|random|randomsecret|random-secret|long-secret|a-very-long-secret|a_very_secret_key|a-secret|asecret|aSecret|a very secret key|token|tokensecret|token-secret
|token_secret|TOKEN_SECRET|access-token-secret|access_token_secret|accesstokensecret|refresh-token-secret|access-secret|access_secret|refresh-secret
|auth|authsecret|auth-secret|auth_secret|auth-secret-key|authentication|session|session-secret|session_secret|sessionsecret|signing-key|signingkey|signature
|cookie|cookie-secret|cookie_secret|cookiesecret|app|app-secret|app_secret|appsecret|app-secret-key|application-secret|api|apikey|api-key|api-secret|api_secret
|server-secret|serversecret|hmac|hmac-secret|hs256|HS256|HS256-secret|none|null|undefined|true|false|nextauth-secret|nextauthsecret|better-auth-secret
|flask|flask-secret|django-insecure|django-secret|laravel|symfony|spring|rails|node|nodejs|express|express-secret|nest|nestjs|nestjs-secret|hapi|fastify
|fastify-secret|mern|mernstack|mern-secret|mern_secret|react|vue|angular|todoapp|todo-secret|blog|blog-secret|chat|chat-secret|ecommerce|shop|portfolio
|supersecret123|secret1234|secretsecret|mysupersecret|my-super-secret|mysupersecretkey|my-super-secret-key|my_super_secret_key|mysupersecretpassword
|a-string-secret-at-least-256-bits-long|a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long|a-string-secret-at-least-384-bits-long
|super-secret-jwt-token-with-at-least-32-characters-long|qwertyuiopasdfghjklzxcvbnm123456|thisismysecret|this-is-my-secret|thisisasecretkey|itsasecret
`
  .trim()
  .split(/\n?\|/);
