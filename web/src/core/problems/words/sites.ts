import { msg } from '@lingui/core/macro'

/** What may be refused in a company of several sites. {name}: the site it is about. */
export const sitesWords = {
  'sites.access_ended': msg`The access of that site was ended.`,
  'sites.bad_batch': msg`What another site answered could not be read. Try again; if it stays, tell your administrator.`,
  'sites.founded_elsewhere': msg`This server belongs to a company that was founded elsewhere. Sign in with the login you have there.`,
  'sites.has_company': msg`This server has a company already. Join with an empty one.`,
  'sites.is_joining': msg`This server is joining a company. Wait until it has joined, then sign in.`,
  'sites.joined_already': msg`This server is a site of a company already.`,
  'sites.no_line': msg`This server is not set up to connect other sites. Its administrator's manual says how.`,
  'sites.not_at_home': msg({ message: 'This has to be done at your own site or at {name}. Sign in there.' }),
  'sites.not_yours': msg`This may not be shared with another site.`,
  'sites.owned_elsewhere': msg({ message: 'This is decided at {name}. Sign in there to change it.' }),
  'sites.site_fixed': msg`Headquarters can be neither revoked nor retired.`,
  'sites.stays': msg`A policy keeps these conversations at one site: only colleagues of the same site can be in them.`,
  'sites.token_refused': msg`This token is wrong, already used or expired. Ask headquarters for a new one.`,
  'sites.too_many': msg`A company can have no more sites.`,
  'sites.too_much_kept_back': msg`That site sent too much that is not its to say. An administrator must look at it first.`,
  'sites.unit_at_home_elsewhere': msg`The unit is at home at a site of its own. First let it be at home where the unit above it is.`,
  'sites.unknown_question': msg`The other site does not know this question. It must be upgraded.`,
  'sites.unknown_site': msg`This site does not exist, or was revoked or retired.`,
  'sites.unreachable': msg({
    message: 'This can only be changed with a connection to {name}. Try again when the line is back.',
  }),
  'sites.versions_apart': msg`The versions of the two sites are too far apart. The older one must be upgraded.`,
}
