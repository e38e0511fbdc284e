"""Who is asking, what they may do, and where. Queries take one of these."""

from dataclasses import dataclass, field

from smartkampung.accounts.roles import (
    NOT_LENT,
    PERMISSIONS,
    STANDING_IN,
    Permission,
    Role,
)
from smartkampung.regions.codes import inside


@dataclass(frozen=True)
class Post:
    """One role over one set of regions (several for a health centre).

    ``instead_of`` names the colleague whose office it is, while they are away.
    """

    role: Role
    regions: tuple[str, ...]
    instead_of: str = ""

    @property
    def permissions(self) -> frozenset[Permission]:
        """Return what it allows; never more to a stand-in than to who is away."""
        held = PERMISSIONS[self.role]
        return held - NOT_LENT if self.instead_of else held


@dataclass(frozen=True)
class Actor:
    """A signed-in member of staff with the rights of this very request."""

    staff_id: int
    username: str
    posts: tuple[Post, ...] = field(default=())

    def may(self, permission: Permission) -> bool:
        """Say whether any post allows this."""
        return any(permission in post.permissions for post in self.posts)

    def regions_where(self, permission: Permission) -> tuple[str, ...]:
        """Return the region codes in which this permission holds; empty means nowhere."""
        return tuple(
            sorted(
                {
                    region
                    for post in self.posts
                    if permission in post.permissions
                    for region in post.regions
                }
            )
        )

    def may_in(self, permission: Permission, code: str) -> bool:
        """Say whether this is allowed in the place with that region code."""
        return any(inside(code, region) for region in self.regions_where(permission))

    def roles_in(self, permission: Permission, code: str) -> tuple[Role, ...]:
        """Return the roles that allow this in the place with that region code."""
        return tuple(
            post.role
            for post in self.posts
            if permission in post.permissions
            and any(inside(code, region) for region in post.regions)
        )

    def role_for(self, permission: Permission) -> str:
        """Return the first role that allows this, for the access log.

        One's own before a lent one, which is marked as such.
        """
        for post in sorted(self.posts, key=lambda post: bool(post.instead_of)):
            if permission in post.permissions:
                return post.role.value + (STANDING_IN if post.instead_of else "")
        return ""

    def instead_of(self, permission: Permission, code: str = "") -> str:
        """Return whose office allows this there, where no own one does.

        Without a code, or where none of the offices is, wherever it is allowed.
        """
        posts = [post for post in self.posts if permission in post.permissions]
        there = [
            post for post in posts if any(inside(code, place) for place in post.regions)
        ]
        names = {post.instead_of for post in (there if code and there else posts)}
        return "" if "" in names else ",".join(sorted(names))

    @property
    def names(self) -> tuple[str, ...]:
        """Return for whom the actor acts: themselves, and whoever they stand in for."""
        lent = {post.instead_of for post in self.posts if post.instead_of}
        return (self.username, *sorted(lent))

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles held, in the order of the posts."""
        return tuple(post.role for post in self.posts)
