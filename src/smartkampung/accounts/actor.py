"""Who is asking, what they may do, and where. Queries take one of these."""

from dataclasses import dataclass, field

from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.regions.codes import inside


@dataclass(frozen=True)
class Post:
    """One role over one set of regions (several for a health centre)."""

    role: Role
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Actor:
    """A signed-in member of staff with the rights of this very request."""

    staff_id: int
    username: str
    posts: tuple[Post, ...] = field(default=())

    def may(self, permission: Permission) -> bool:
        """Say whether any post allows this."""
        return any(permission in PERMISSIONS[post.role] for post in self.posts)

    def regions_where(self, permission: Permission) -> tuple[str, ...]:
        """Return the region codes in which this permission holds; empty means nowhere."""
        return tuple(
            sorted(
                {
                    region
                    for post in self.posts
                    if permission in PERMISSIONS[post.role]
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
            if permission in PERMISSIONS[post.role]
            and any(inside(code, region) for region in post.regions)
        )

    def role_for(self, permission: Permission) -> str:
        """Return the first role that allows this, for the access log."""
        for post in self.posts:
            if permission in PERMISSIONS[post.role]:
                return post.role.value
        return ""

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles held, in the order of the posts."""
        return tuple(post.role for post in self.posts)
