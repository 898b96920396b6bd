import { msg } from '@lingui/core/macro'
import type { ProblemWords } from '@/core/problems'

/** What the server may say to an administrator. */
export const organisationWords: ProblemWords = {
  'org.unit_not_found': msg`This unit no longer exists.`,
  'org.person_not_found': msg`This person does not exist.`,
  'org.unit_not_empty': msg`The unit is not empty. First move its units and people elsewhere, those who have left included.`,
  'org.unit_name_taken': msg`There is a unit of this name here already.`,
  'org.unit_cycle': msg`A unit cannot be moved below itself.`,
  'org.company_fixed': msg`The company itself can only be renamed.`,
  'org.person_inactive': msg`The person was deactivated. Reactivate them first.`,
  'org.own_deactivation': msg`You cannot deactivate yourself. Ask another administrator.`,
  'identity.login_taken': msg`Somebody has this login already.`,
  'identity.above_you': msg`This reaches further than what you may do yourself. Ask an administrator above you.`,
  'identity.grant_exists': msg`The person has this role over this unit already.`,
  'identity.grant_not_found': msg`This role was revoked already.`,
  'identity.import_not_a_table': msg`The file is not a table that can be imported.`,
  'identity.import_refused': msg`Some rows cannot be imported, so none was. Check the file again.`,
  'identity.own_grant': msg`You cannot revoke your own role. Ask another administrator.`,
}
