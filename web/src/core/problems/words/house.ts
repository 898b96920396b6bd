import { msg } from '@lingui/core/macro'
import { offlineCode, timeoutCode } from '@/core/api'

/** What any part of the server may refuse. */
export const houseWords = {
  [offlineCode]: msg`The server cannot be reached. Check your network and try again.`,
  [timeoutCode]: msg`The server took too long to respond. Try again.`,
  'app.address_too_long': msg`This address is too long. Open Bilin at its own address.`,
  'app.head_too_large': msg`This browser sends too much data. Clear the cookies for this address and try again.`,
  'app.too_slow': msg`The request timed out. Try again.`,
  'app.unknown_host': msg`The server does not accept this address. Its administrator must add it to http.origins and start it again; a proxy must pass the Host header on.`,
  'core.body_damaged': msg`What is stored here was damaged. Tell your administrator.`,
  'core.body_too_large': msg`This is more than the server takes at once. Send less.`,
  'core.clock_ahead': msg`A server’s clock is ahead of the others. Its administrator must correct it.`,
  'core.conflict': msg`This no longer matches the current state. Check it and try again.`,
  'core.forbidden': msg`You do not have permission to do this.`,
  'core.http': msg`The server rejected this request. Reload the page and try again.`,
  'core.invalid': msg`Please check the form.`,
  'core.key_missing': msg`The server cannot open what it stored: a key is missing. Tell your administrator.`,
  'core.key_reused': msg`Something else was sent under the same key before. Try again.`,
  'core.malformed': msg`The server could not read the request. If a proxy stands before it, its settings may be wrong.`,
  'core.method_not_allowed': msg`The server does not take requests of this kind here. Reload the page and try again.`,
  'core.not_found': msg`This no longer exists, or you may not see it.`,
  'core.no_answer': msg`A part of the server does not answer. Try again in a moment.`,
  'core.number_taken': msg`Two machines of the server have the same number. Tell your administrator.`,
  'core.out_of_resources': msg`The server is out of disk space. Tell your administrator, then try again.`,
  'core.stale': msg`Someone else changed this at the same time. Check it and make your change again.`,
  'core.too_many': msg`Too many attempts. Wait a moment and try again.`,
  'core.unavailable': msg`The server is restarting. Try again in a moment.`,
  'core.unexpected': msg`An unexpected error occurred on the server. Try again; if it persists, tell your administrator.`,
  'core.writer_is_older': msg`The server is being upgraded. Try again in a moment.`,
  'gateway.bad_upgrade': msg`A proxy before the server does not pass live connections on. Its administrator must let Upgrade and Connection through.`,
  'gateway.too_many_sockets': msg`There are too many connections already. Close other windows or devices.`,
}
