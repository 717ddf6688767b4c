"""An account, its case, a picture, and what the account may do. BONAFIDE_URL and BONAFIDE_KEY say
which server and who asks; the argument is a picture of a document."""

import os
import sys
import time

from bonafide_client import AuthenticatedClient
from bonafide_client.api.accounts import accounts_entitlements, accounts_register
from bonafide_client.api.applicant import applicant_upload
from bonafide_client.api.cases import cases_open
from bonafide_client.models import NewAccount, NewCase
from bonafide_client.types import File

url, key = os.environ["BONAFIDE_URL"], os.environ["BONAFIDE_KEY"]
operator = AuthenticatedClient(url, token=key)
account = accounts_register.sync(client=operator, body=NewAccount(f"python-{time.time_ns()}"))
opened = cases_open.sync(account.id, client=operator, body=NewCase("L2"))
applicant = AuthenticatedClient(url, token=opened.token)
with open(sys.argv[1], "rb") as picture:
    taken = applicant_upload.sync("front", client=applicant, body=File(picture))
print([fault.fix.en for fault in taken.faults])
may = accounts_entitlements.sync(account.id, client=operator)
print(may.words.en)
