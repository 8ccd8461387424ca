"""The front step, the only public face: signing in and out by password, link or mailed digits, and joining.

Importing the face makes all of its screens known to the blueprint.
"""

from portal.signin import by_mail as by_mail
from portal.signin import extending as extending
from portal.signin import joining as joining
from portal.signin import muting as muting
from portal.signin import speaking as speaking
