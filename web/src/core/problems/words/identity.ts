import { msg } from '@lingui/core/macro'

/** Refusals of signing in, passwords and roles. */
export const identityWords = {
  'identity.above_you': msg`This goes beyond your own permissions. Ask an administrator above you.`,
  'identity.account_inactive': msg`This account is deactivated. Ask your administrator.`,
  'identity.already_set_up': msg`This company has already been set up. Reload the page to sign in.`,
  'identity.foreign_origin': msg`The server does not know this address as its own. Its administrator must add it to http.origins, or let the proxy pass Host and X-Forwarded-Proto on.`,
  'identity.grant_exists': msg`This person already has this role for this department.`,
  'identity.grant_not_found': msg`This role has already been revoked.`,
  'identity.import_not_a_table': msg`The file is not a table that can be imported.`,
  'identity.import_refused': msg`Some rows cannot be imported, so none was. Check the file again.`,
  'identity.login_taken': msg`This login is already taken.`,
  'identity.must_change_password': msg`Choose your own password first.`,
  'identity.not_set_up': msg`The company has not been set up yet. Open Bilin in a browser and set it up first.`,
  'identity.not_signed_in': msg`Your session has ended. Sign in again.`,
  'identity.own_grant': msg`You cannot revoke your own role. Ask another administrator.`,
  'identity.password_expired': msg`The password you were given has expired. Ask your administrator for a new one.`,
  'identity.session_not_found': msg`This session has already ended.`,
  'identity.setup_code_wrong': msg`The set-up code is wrong. It stands where the server was started, and in its data folder in keys/setup.code.`,
  'identity.wrong_credentials': msg`The login or the password is wrong.`,
  'identity.wrong_password': msg`Your current password is wrong.`,
}
