import { msg } from '@lingui/core/macro'

/** Refusals of files and uploads. */
export const filesWords = {
  'files.bytes_missing': msg`The content of this file is lost. Ask whoever sent it to send it again.`,
  'files.checksum_wrong': msg`The file changed on its way. Send it again.`,
  'files.elsewhere': msg({
    message: 'This file is at {name}, which cannot be reached now. It comes when the line is back.',
  }),
  'files.file_not_found': msg`This file is not there. It may have been taken back.`,
  'files.no_room_left': msg`There is no room left for your files. Take files back that nobody needs, or ask your administrator.`,
  'files.no_such_range': msg`The file has no such part.`,
  'files.on_its_way': msg({ message: 'This file is on its way from {name}.' }),
  'files.picture_too_large': msg`This picture is too large to be shown. Download it.`,
  'files.picture_unreadable': msg`This picture cannot be shown. Download it.`,
  'files.previews_away': msg`Pictures cannot be shown at the moment. Download the file, or try again.`,
  'files.program_forbidden': msg`Programs and scripts may not be sent in your unit.`,
  'files.protocol_unknown': msg`The server does not understand this upload. Reload the page and try again.`,
  'files.sent_already': msg`This file was sent here already.`,
  'files.site_full': msg`The server has no room for files at the moment. Messages without files are sent as ever.`,
  'files.store_away': msg`The place where files are kept does not answer. Try again in a moment.`,
  'files.too_large': msg`The file is larger than your unit allows.`,
  'files.too_many_bytes': msg`The file grew while it was being sent. Send it again.`,
  'files.too_many_uploads': msg`Too many files wait to be sent. Send those that are there, or give them up.`,
  'files.upload_busy': msg`This file is being sent already.`,
  'files.upload_not_ended': msg`This file is still on its way. Wait until all of it is here.`,
  'files.upload_not_found': msg`This upload is not here any more. Begin it again.`,
  'files.wrong_offset': msg`The upload stands elsewhere. It goes on from there.`,
}
