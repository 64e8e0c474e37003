"""What did the records gain? Who opened one in an emergency, until when and why."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the change in."""
    op.create_table(
        'emergency',
        sa.Column('id', sa.String(length=36), nullable=False),
        sa.Column('participant_id', sa.String(length=36), nullable=False),
        sa.Column('staff_id', sa.String(length=36), nullable=False),
        sa.Column('since', sa.DateTime(), nullable=False),
        sa.Column('until', sa.DateTime(), nullable=False),
        sa.Column('reason', sa.LargeBinary(), nullable=False),
        sa.Column('seen_at', sa.DateTime(), nullable=True),
        sa.Column('seen_by', sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_emergency_participant_id'),
                                ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_emergency_staff_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_emergency'))
    )
    with op.batch_alter_table('emergency', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_emergency_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_emergency_staff_id'), ['staff_id'], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table('emergency', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_emergency_staff_id'))
        batch_op.drop_index(batch_op.f('ix_emergency_participant_id'))

    op.drop_table('emergency')
