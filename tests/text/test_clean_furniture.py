from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.furniture import is_furniture

FURNITURE = """
Advertisement
ADVERTISEMENT
Story continues below
Scroll down for video
Media playback is not supported on this device
Read more
Read more: Ten dead in mine collapse
RELATED: Ten dead in mine collapse
Share
Share on Facebook
Share this article
Copy link
Facebook Twitter Pinterest Email
Follow us on our official WhatsApp channel for breaking news alerts and key updates!
Next In World News
Others Also Read
Most read in Sport
You may also like
Recommended for you
12 Comments
Leave a Reply
Log in to comment
Subscribe now
Sign up for our weekly newsletter
Get the best stories delivered to your inbox
By subscribing you agree to our terms
We use cookies to improve your experience
© 2024 The Daily Post
Copyright 2019 Example Press. All rights reserved.
This material may not be published, broadcast or rewritten.
Photo: Lena Park
Image credit: Lena Park
The harbour on Tuesday morning. (Photo: Lena Park)
Fans queue in the rain. Tom Ode/Getty Images
A prototype of the pump. Credit: ESA
FILE PHOTO: A ship leaves the harbour
Contributing: Ana Ruiz, The Daily Post
(Reporting by Ana Ruiz; Editing by Tom Ode)
Ana Ruiz contributed to this report.
This story has been updated with additional reporting.
This article originally appeared on Example.com
A version of this story first appeared in the newsletter.
Ana Ruiz is a senior reporter for The Daily Post. Reach her at ana@example.com
Follow Ana Ruiz on Twitter: @anaruiz
By Ana Ruiz
By Ana Ruiz, Daily Post
Published March 4, 2024 9:15 am GMT
19 November 2019
Filed under: storms, harbours
___
CNN —
Washington CNN —
""".strip().split("\n")

STORY = """
The harbour will stay closed until Friday, the coastguard said.
The minister said he would share the report on Facebook.
She reads more than a hundred books a year.
“Follow us,” the guide shouted, and the tourists ran.
He was by the river when the storm began.
By Monday the town was without water.
By the end of the year, sales had doubled.
Photographs of the ship show a hole in its side.
The company advertises on television.
In 2019 the museum sold the copyright of the song.
The story has been told many times.
This story begins in 1912, in a village of forty houses.
Cookies and cream is the town's favourite.
Contributing to the fund is a duty, the mayor said.
Related species live in the south of the island.
Emails were sent to 400 people at the weekend.
Comments by the minister angered farmers.
Reuters reported on Sunday that the talks had failed.
The photo was taken by a passer-by.
What happened next
Why it matters
On Nov. 19, 2019, the court ruled against the firm.
""".strip().split("\n")


@pytest.mark.parametrize("line", FURNITURE)
def test_knows_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", STORY)
def test_leaves_the_story_alone(line: str) -> None:
    assert not is_furniture(line)


@given(st.text())
def test_never_fails(line: str) -> None:
    assert is_furniture(line) in {True, False}


@pytest.mark.parametrize("line", ["facebook " * 20_000, "a" * 200_000, "(" * 400, "by " + "A " * 210, "1" * 440])
def test_stays_quick_on_odd_lines(line: str) -> None:
    assert is_furniture(line) in {True, False}
