import { msg } from '@lingui/core/macro'

/** Refusals of the organisation. */
export const orgWords = {
  'org.company_fixed': msg`The company itself can only be renamed.`,
  'org.own_deactivation': msg`You cannot deactivate yourself. Ask another administrator.`,
  'org.person_inactive': msg`The person was deactivated. Reactivate them first.`,
  'org.person_not_found': msg`This person does not exist.`,
  'org.unit_cycle': msg`A unit cannot be moved below itself.`,
  'org.unit_name_taken': msg`There is already a department with this name here.`,
  'org.unit_not_empty': msg`The unit is not empty. First move its units and people elsewhere, those who have left included.`,
  'org.unit_not_found': msg`This unit no longer exists.`,
}
